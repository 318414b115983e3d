#include "directory.h"
#include "syscall.h"
#include "text.h"

/* DT_DIR of readdir(3); the kernel's headers don't export it */
#define TYPE_FOLDER 4

void directory_read(struct directory *d, int fd)
{
    d->fd = fd;
    d->error = (int)sys_lseek(fd, 0, SEEK_SET);
    d->used = d->filled = 0;
    d->own = 0;
}

static int fill(struct directory *d)
{
    long size = sys_getdents64(d->fd, d->buffer, sizeof d->buffer);
    if (size < 0)
        d->error = (int)size;
    d->used = 0;
    d->filled = size > 0 ? size : 0;
    return size > 0;
}

const char *directory_next(struct directory *d)
{
    for (;;) {
        struct directory_entry *entry;
        if (d->error < 0 || (d->used >= d->filled && !fill(d)))
            return NULL;
        entry = (struct directory_entry *)(d->buffer + d->used);
        d->used += entry->length;
        d->is_folder = entry->type == TYPE_FOLDER;
        d->inode = entry->inode;
        if (text_equals(entry->name, "."))
            d->own = entry->inode;
        if (!text_equals(entry->name, ".") && !text_equals(entry->name, ".."))
            return entry->name;
    }
}
