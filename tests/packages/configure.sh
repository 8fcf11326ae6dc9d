# SPDX-License-Identifier: BSD-2-Clause
# Three packages are configured by their own scripts on the system, made with
# its cc and make, and tested: one by its own tests, two by ours.
. /tests/tap.sh
if ! command -v cc >/dev/null || ! command -v make >/dev/null; then
	planned
	exit
fi
work=/tmp/configure-test
export CONFIG_SHELL=/bin/sh

# Configured and made; what went wrong is shown.
built()
{
	name=$1
	shift
	[ -d /tests/$name/src ] || return
	rm -rf $work
	cp -rp /tests/$name/src $work
	cd $work
	sh ./configure "$@" >log 2>&1
	is "$name: configure" $? 0
	make MAKEINFO=true >>log 2>&1
	made=$?
	is "$name: make" $made 0
	[ $made = 0 ] || tail -n 20 log | sed 's/^/# /'
	return $made
}

# The tests of the package pass with what was made, in FOLDER.
passes()
{
	PATH=$work/$2:$PATH sh /tests/$1/run >log 2>&1
	is "$1: our tests" "$(grep -v '^ok' log)" "1..$(grep -c '^ok' log)"
}

built bc --disable-dependency-tracking && passes bc bc
is "bc: a header that is there" "$(grep -c '^#define HAVE_STDLIB_H 1' config.h)" 1
is "bc: a function that is not" "$(grep -c '^#define HAVE_DOPRNT' config.h)" 0
built ed && is "ed: make check" "$(make check 2>&1 | tail -n 1)" \
    "tests completed successfully."
built gmake --build="$(uname -m)-machr" --without-guile --disable-nls LD=cc \
    --disable-dependency-tracking && passes gmake .
cd /
rm -rf $work
planned
