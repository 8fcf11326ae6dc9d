# SPDX-License-Identifier: BSD-2-Clause
# make makes a file after the other in /var/power, each said when sync is over:
# tests/packages/power.exp ends the machine meanwhile.
rm -rf /var/power
mkdir /var/power
cd /var/power
printf '%%.out: ; @seq 1 2000 >$@ && sync && echo made $*\n' >Makefile
make $(seq -s ' ' 1 1000 | sed 's/ /.out /g').out
