/** Containment by cgroup v2: where we may make groups, their folders, a tree in one, and what dead managers left. */
package pm.backend.linux.cgroup;
