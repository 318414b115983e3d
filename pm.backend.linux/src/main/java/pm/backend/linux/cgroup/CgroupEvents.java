package pm.backend.linux.cgroup;

/**
 * The file cgroup.events: what a group and the groups below it hold.
 *
 * @param populated whether a process lives in it; zombies do not count
 * @param frozen whether all of it has come to a stop
 */
record CgroupEvents(boolean populated, boolean frozen) {
    /** What is left of a group that was removed, which can only be done to an empty one. */
    static final CgroupEvents GONE = new CgroupEvents(false, false);

    static CgroupEvents parse(String text) {
        return new CgroupEvents(has(text, "populated 1"), has(text, "frozen 1"));
    }

    private static boolean has(String text, String line) {
        return text.lines().anyMatch(line::equals);
    }
}
