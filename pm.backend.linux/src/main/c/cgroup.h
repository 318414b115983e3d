/* cgroup v2 folders, by descriptor (Documentation/admin-guide/cgroup-v2.rst). */
#ifndef PM_CGROUP_H
#define PM_CGROUP_H

/*
 * Files and folders of groups are opened and removed as what lives in them may have left them: without permissions,
 * which their owner can give back, and nested deeper than any path can say.
 */

/* Opens a group below a folder; a descriptor or -errno. */
int cgroup_open(int folder, const char *name);

/* Opens cgroup.events of a group; a descriptor or -errno. */
int cgroup_open_events(int folder);

/* Removes one group of a folder; 0 or -errno. */
int cgroup_remove(int parent, const char *name);

/* Moves this process into the group; 0 or -errno. */
int cgroup_join(int folder);

/*
 * Kills, once, all that is in the group and below it. The group is the sibling `name` of our own group. What goes
 * wrong shows in cgroup_populated afterwards.
 */
void cgroup_kill(int folder, const char *name);

/*
 * The same by a signal to each member. The group is frozen and stays so: nothing forks until the next time. Linux 6.18 sends the signal of cgroup.kill to the first
 * thread of each process: one whose first thread has ended lives on when another thread lives.
 */
void cgroup_kill_one_by_one(int folder, const char *name);

/* Opens our own group, below the top folder of the hierarchy, if it has this name; a descriptor or -errno. */
int cgroup_open_own(int top, const char *name);

/* As cgroup_kill; but nothing as long as we are in that group ourselves. */
void cgroup_kill_beside(int folder, const char *name);

/* 1, 0, or -errno; events is cgroup.events of the group. Reading arms poll(2) for its next change. */
int cgroup_populated(int events);

/* Removes all groups below the folder, deepest first; 0 or the last -errno. */
int cgroup_remove_below(int folder);

#endif
