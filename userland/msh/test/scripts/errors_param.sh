echo a; echo ${x?gone}; echo c
