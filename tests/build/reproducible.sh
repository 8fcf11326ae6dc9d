#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The same sources give the same bytes: our own tree, built in two places of
# different length, with different jobs and another user mask, must give equal
# images, for both architectures. The second place builds both in one O, one
# after the other, so that nothing of the first may be left in the second.
. tests/build/toy.inc

one=$work/one
two=$work/a-rather-longer-path/two
tree=$PWD
mkdir -p dl
for place in "$one" "$two"; do
	rm -rf "$place"
	mkdir -p "$place"
	tree_files | tar cf - -T - | tar xf - -C "$place"
	ln -s "$tree/dl" "$place/dl"
done
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
for arch in x86_64 aarch64; do
	ok "$arch: builds in a short path" make --no-print-directory \
	    -C "$one" O="o-$arch" -j2 qemu_${arch}_defconfig all
	ok "$arch: builds in a longer one" sh -c "umask 077
	    make --no-print-directory -C '$two' O=out -j1 \
	        qemu_${arch}_defconfig all"
	for file in bootstrap.cpio machr.elf qemu_$arch.img; do
		ok "$arch: $file is the same in both" cmp \
		    "$one/o-$arch/images/$file" "$two/out/images/$file"
	done
done
rm -rf "$one" "$work/a-rather-longer-path"
finish
