#include "request.h"
#include "syscall.h"
#include "text.h"

static long file_size;

const char *request_map(int fd, struct launch *launch)
{
    void *address;
    file_size = sys_lseek(fd, 0, SEEK_END);
    if (file_size < (long)sizeof(struct request))
        return "the request's descriptor is no file, or too short";
    address = sys_mmap((size_t)file_size, MAP_PRIVATE, fd);
    if (is_error(address))
        return "the request cannot be mapped";
    launch->request = address;
    if (launch->request->magic != REQUEST_MAGIC)
        return "the descriptor holds no request";
    return NULL;
}

/* The string at offset, or NULL where it does not end within the request. */
static char *string_at(const struct request *r, __u32 offset)
{
    char *base = (char *)r;
    __u32 end = offset;
    if (offset < sizeof(struct request))
        return NULL;
    while (end < r->size && base[end])
        end++;
    return end < r->size ? base + offset : NULL;
}

static int unpack_list(const struct request *r, __u32 offset, __u32 count, char **out)
{
    for (; count > 0; count--) {
        char *string = string_at(r, offset);
        if (!string)
            return -EBADMSG;
        *out++ = string;
        offset += (__u32)text_length(string) + 1;
    }
    *out = NULL;
    return 0;
}

static int descriptors_valid(const struct request *r)
{
    __u32 i;
    if (r->channel <= 2)
        return 0;
    for (i = 0; i < r->cgroup_count; i++)
        if (r->cgroup[i] <= 2)
            return 0;
    return 1;
}

/* A string takes a byte at least: a count beyond the size is wrong before any array is made for it. */
static int counts_valid(const struct request *r)
{
    if (r->cgroup_count > CGROUP_LIMIT || r->rlimit_count > RLIMIT_LIMIT)
        return 0;
    if (r->argv_count > r->size || r->env_count > r->size || r->path_count > r->size)
        return 0;
    if (r->role == ROLE_GUARD)
        return r->path_count == 1 && r->cgroup_count >= GUARD_FURTHER;
    return r->argv_count > 0 && r->path_count > 0;
}

/* Only a supervisor stays, so only it can wait, count, or kill by group; the last only when it is put into a group. */
static int of_role(const struct request *r)
{
    if (r->role != ROLE_SUPERVISE)
        return !r->max_processes && !(r->flags & (FLAG_WAIT | FLAG_TREE_GROUP));
    if (r->flags & FLAG_TREE_GROUP && !(r->flags & FLAG_WAIT && r->cgroup_count == 1))
        return 0;
    return r->max_processes <= MOST_PROCESSES;
}

static int header_valid(const struct request *r)
{
    return r->size >= sizeof *r && r->size <= (unsigned long)file_size && r->role >= ROLE_EXEC
        && r->role <= ROLE_GUARD && r->jvm > 0 && !(r->flags & ~FLAGS_KNOWN) && of_role(r)
        && counts_valid(r) && descriptors_valid(r);
}

/* The guard removes this name from the parent folder: one plain component, nothing that leads elsewhere. */
static int folder_name_valid(const char *name)
{
    const char *c;
    if (!*name || text_equals(name, ".") || text_equals(name, ".."))
        return 0;
    for (c = name; *c; c++)
        if (*c == '/')
            return 0;
    return 1;
}

/* One block for all pointers: a free place, argv, NULL, envp, NULL, paths, NULL. */
static int make_arrays(struct launch *launch)
{
    const struct request *r = launch->request;
    size_t count = 4 + (size_t)r->argv_count + r->env_count + r->path_count;
    char **block = sys_mmap(count * sizeof *block, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    if (is_error(block))
        return (int)(long)block;
    launch->argv = block + 1;
    launch->envp = launch->argv + r->argv_count + 1;
    launch->paths = launch->envp + r->env_count + 1;
    return 0;
}

static int unpack_strings(struct launch *launch)
{
    const struct request *r = launch->request;
    int error = unpack_list(r, r->argv_offset, r->argv_count, launch->argv);
    if (!error)
        error = unpack_list(r, r->env_offset, r->env_count, launch->envp);
    if (!error)
        error = unpack_list(r, r->path_offset, r->path_count, launch->paths);
    if (!error && r->cwd_offset && !(launch->cwd = string_at(r, r->cwd_offset)))
        error = -EBADMSG;
    if (!error && r->role == ROLE_GUARD && !folder_name_valid(launch->paths[0]))
        error = -EBADMSG;
    return error;
}

int request_unpack(struct launch *launch)
{
    int error;
    if (launch->request->version != PROTOCOL_VERSION)
        return -EPROTO;
    if (!header_valid(launch->request))
        return -EBADMSG;
    error = make_arrays(launch);
    return error ? error : unpack_strings(launch);
}
