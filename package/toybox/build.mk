# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += toybox
toybox_VERSION := 0.8.9
toybox_SUMMARY := many utilities in one program
toybox_SOURCE := toybox_0.8.9+dfsg.orig.tar.xz
toybox_APT_SOURCE := toybox=0.8.9+dfsg-1
toybox_LICENSE := 0BSD
toybox_LICENSE_FILES := LICENSE
toybox_NEEDS := libm
toybox_CLASS := custom
toybox_TEST := long

# In /usr/bin, those that neither our own utilities have nor a package of the
# name (tty is a server); another that brings one says so in toybox_ELSEWHERE.
toybox_COMMANDS := ascii base64 bunzip2 bzcat cal chgrp cksum cmp comm count cpio \
	crc32 dd dos2unix expand factor file fmt fold getconf groups gunzip \
	gzip hexedit iconv install link logname md5sum mktemp nice nl nohup paste patch printenv readlink \
	realpath rev sed setsid sha1sum sha256sum shred split strings tac tar time \
	timeout truncate tty unix2dos unlink uudecode uuencode watch whoami \
	xargs xxd zcat
toybox_LINKS = $(foreach command,$(filter-out \
	$(toybox_ELSEWHERE) $(filter-out tty,$(ON_PARTS)),$(toybox_COMMANDS)),/usr/bin/$(command):toybox)

define toybox_PREPARE
cp "$$FOLDER/machr.h" .
endef
define toybox_CONFIGURE
make allnoconfig HOSTCC="$$HOSTCC"
for command in $(toybox_COMMANDS) toybox_float; do
	symbol=$$(echo $$command | tr a-z A-Z)
	sed -i "s/# CONFIG_$$symbol is not set/CONFIG_$$symbol=y/" .config
done
yes '' | make oldconfig HOSTCC="$$HOSTCC"
endef
define toybox_BUILD
make toybox HOSTCC="$$HOSTCC" CROSS_COMPILE=$$TUPLE- CC=gcc CFLAGS="$$CFLAGS -I."
endef
define toybox_INSTALL
install -D -m 755 toybox "$$DEST/usr/bin/toybox"
endef
# Written for bash in a few places. POSIX's words for the same:
define toybox_INSTALL_TESTS
cp -r tests "$$DEST/tests/toybox/tests"
mkdir "$$DEST/tests/toybox/bin"
for command in $(toybox_COMMANDS); do
	ln -s /usr/bin/toybox "$$DEST/tests/toybox/bin/$$command"
done
cd "$$DEST/tests/toybox/tests"
sed -i 's/^\(.*\[.*\) == /\1 = /; s/^function //; s/((++SKIP))/SKIP=$$((SKIP + 1))/
    s/^for i in {0..12}; do/for i in $$(seq 0 12); do/
    s/$${LONG:1:255}/$${LONG#0}/; s/$${LONG:5}/$$(echo $$LONG | cut -c 6-)/g
    s/$${LONG:1:96}/$$(echo $$LONG | cut -c 2-97)/g
    s/$${LONG:1:97}/$$(echo $$LONG | cut -c 2-98)/g
    s,uno/{dos\,tres\,quatro},uno/dos uno/tres uno/quatro,
    s,ln links/{orig\,link}$$i,ln links/orig$$i links/link$$i,
    s/\\x24\\xe2\\x82\\xac\\xf0\\x90\\x90\\xb7/\\044\\0342\\0202\\0254\\0360\\0220\\0220\\0267/
    s/\\xcc\\xb4\\xcc\\x97\\xcc\\x9e\\xcc\\xa0\\x65/\\0314\\0264\\0314\\0227\\0314\\0236\\0314\\0240e/
    s/abc\\x3/abc\\003/' *.test
endef
