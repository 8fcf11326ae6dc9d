(ulimit -n 64; ulimit -n; ulimit -Sn; ulimit -Hn)
(ulimit -S -n 20; ulimit -n; ulimit -n 30; ulimit -n; ulimit -Hn)
(ulimit -f 10; ulimit -f; ulimit; ulimit -Hf)
(ulimit -S -c 0; ulimit -c; ulimit -S -c 0; ulimit -Sc)
(ulimit -t 1000; ulimit -t; ulimit -d 100000; ulimit -d; ulimit -v 2000000; ulimit -v)
ulimit -x 2>/dev/null || echo bad option
(ulimit -n many 2>/dev/null; echo not reached for dash) >/dev/null; echo on
(ulimit -f 1; sh -c 'trap "" XFSZ; echo x > /dev/null' && echo small)
