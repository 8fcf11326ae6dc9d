/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: cksum [FILE...]
 * help: checksums and sizes of files
 *
 * The checksum is the CRC of Ethernet over the bytes and then over their
 * count, least significant byte first, without its zeros in front.
 */
#include <stdint.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("cksum [FILE...]", "checksums and sizes of files");

#define POLYNOMIAL 0x04c11db7U

static uint32_t table[256];

static void
make_table(void)
{
	for (uint32_t byte = 0; byte < 256; byte++) {
		uint32_t crc = byte << 24;

		for (int bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc >> 31 != 0 ? POLYNOMIAL : 0);
		table[byte] = crc;
	}
}

static uint32_t
add(uint32_t crc, unsigned char byte)
{
	return crc << 8 ^ table[crc >> 24 ^ byte];
}

static bool
sum(FILE *file, uint32_t *crc, unsigned long long *size)
{
	static unsigned char buffer[65536];
	size_t got;

	*crc = 0;
	*size = 0;
	while ((got = fread(buffer, 1, sizeof(buffer), file)) > 0) {
		for (size_t i = 0; i < got; i++)
			*crc = add(*crc, buffer[i]);
		*size += got;
	}
	for (unsigned long long left = *size; left != 0; left >>= 8)
		*crc = add(*crc, (unsigned char)left);
	*crc = ~*crc;
	return !ferror(file);
}

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	if (getopt(argc, argv, "") != -1)
		util_usage_exit();
	make_table();
	do {
		const char *path = argv[optind];
		FILE *file = input_open(path);
		uint32_t crc;
		unsigned long long size;

		if (file == NULL)
			continue;
		if (sum(file, &crc, &size))
			printf("%u %llu%s%s\n", crc, size,
			    path != NULL ? " " : "", path != NULL ? path : "");
		input_close(file, path);
	} while (optind < argc && ++optind < argc);
	return util_exit(util_status);
}
