/* Names in a folder, by getdents64(2). */
#ifndef PM_DIRECTORY_H
#define PM_DIRECTORY_H

#include <linux/types.h>

/* Three entries with names of 255 bytes. */
#define DIRECTORY_BUFFER 1024

struct directory {
    int fd;
    int error; /* -errno of the read that ended the listing, or 0 */
    long used, filled;
    int is_folder; /* the entry that directory_next returned last is a folder */
    __u64 inode;   /* of that entry */
    __u64 own;     /* inode of the folder itself, once "." was met */
    char buffer[DIRECTORY_BUFFER] __attribute__((aligned(8)));
};

/* Starts the listing at its beginning. */
void directory_read(struct directory *d, int fd);

/* The next name, without "." and "..", valid until the next call; NULL at the end or on an error. */
const char *directory_next(struct directory *d);

#endif
