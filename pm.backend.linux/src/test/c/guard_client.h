/* A manager's cgroup folders as the JVM makes them, and a guard for them. */
#ifndef PM_TEST_GUARD_CLIENT_H
#define PM_TEST_GUARD_CLIENT_H

#include "cases.h"
#include "client.h"

#define MANAGER "pm.manager"

struct manager {
    char path[512];
    int folder, parent, refuge;
    int further[CGROUP_LIMIT - GUARD_FURTHER];
    unsigned further_count;
};

/* Makes the manager's folder with guard, run, and run/a. */
struct manager make_manager(void);

/*
 * Gives it one more folder, as in another hierarchy: a group of the manager's name below a new one of this name, with
 * a/b and c in it.
 */
void add_further(struct manager *m, const char *parent);
/* Whether it is still there. */
int further_exists(const char *parent);
int open_further(const char *parent, const char *below);

/* Removes what is left of it; fails the case where it cannot. */
void remove_manager(const struct manager *m);

void make_group(const struct manager *m, const char *name);
int open_group(const struct manager *m, const char *name);
int rmdir_below(const struct manager *m, const char *name);
int access_group(const struct manager *m, const char *name);
void kill_group(const struct manager *m, const char *name);
void freeze_group(const struct manager *m, const char *name);

/* Role exec: the act, born in the group. */
struct launched launch_in(const struct manager *m, const char *group, const char *act, const char *argument);

struct spec guard_spec(const struct manager *m, const char *binary);
struct launched launch_guard(const struct manager *m, const char *binary);
struct stand_in stand_in_with_guard(const struct manager *m, const char *binary);

#endif
