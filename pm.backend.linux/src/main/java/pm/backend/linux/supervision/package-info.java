/** Containment where there is no cgroup: the launcher stays as subreaper of each tree, so that every orphan comes back to it. */
package pm.backend.linux.supervision;
