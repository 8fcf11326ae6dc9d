# SPDX-License-Identifier: BSD-2-Clause
# Formats manuals. Those of the packages are in the image when it is selected.
PACKAGES += mandoc
mandoc_VERSION := 1.14.6
mandoc_SUMMARY := manuals: man, apropos, mandoc
mandoc_SOURCE := mdocml_1.14.6.orig.tar.gz
mandoc_APT_SOURCE := mdocml=1.14.6-1
mandoc_LICENSE := ISC
mandoc_LICENSE_FILES := LICENSE
mandoc_CLASS := make
mandoc_NEEDS := zlib less
mandoc_TEST := long

# Its configure script runs what it compiles; what it would find here:
mandoc_HAVE := ATTRIBUTE ENDIAN GETLINE GETSUBOPT ISBLANK MKDTEMP NANOSLEEP \
	O_DIRECTORY PATH_MAX REWB_SYSV STRNDUP STRPTIME VASPRINTF WCHAR WFLAG \
	REALLOCARRAY STRLCPY STRLCAT STRCASESTR STRSEP MKSTEMPS PROGNAME
mandoc_LACK := CMSG DIRENT_NAMLEN EFTYPE ERR FTS LESS_T NTOHL OHASH \
	PLEDGE RECALLOCARRAY RECVMSG REWB_BSD SANDBOX_INIT STATIC \
	STRINGLIST STRTONUM SYS_ENDIAN
define mandoc_CONFIGURE
{
	printf 'HAVE_%s=1\n' $(mandoc_HAVE)
	printf 'HAVE_%s=0\n' $(mandoc_LACK)
	echo "CC='$$CC' CFLAGS='$$CFLAGS' AR='$$AR' STATIC=-static"
	echo 'PREFIX=/usr MANDIR=/usr/share/man MANPATH_DEFAULT=/usr/share/man'
	echo 'MANPATH_BASE=/usr/share/man BINM_PAGER=less OSENUM=MANDOC_OS_OTHER'
	echo 'UTF8_LOCALE=C.UTF-8 BINM_SOELIM=soelim NEED_GNU_SOURCE=1'
} >configure.local
./configure
endef
define mandoc_INSTALL_TESTS
cp -r regress "$$DEST/tests/mandoc/"
endef
