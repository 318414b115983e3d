package pm.backend.linux.cgroup;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.KernelException;

/**
 * Has controllers of version 2 handed on, from a group to those below it (cgroup-v2.rst, Enabling and Disabling). That alone limits nothing.
 * It is not undone in the end: other managers below the same group may need it by then.
 *
 * @param atWork those that are handed on all the way
 * @param refusals why others are not
 */
record HandingOn(Set<String> atWork, Map<String, String> refusals) {
    /** Those that limits need. */
    static final List<String> WANTED = List.of("memory", "pids", "cpu", "io");

    /** From the first group to the second and so on, to the children of the last. */
    static HandingOn along(List<CgroupFolder> chain) {
        Set<String> atWork = new LinkedHashSet<>(WANTED);
        Map<String, String> refusals = new LinkedHashMap<>();
        for (CgroupFolder folder : chain) {
            Set<String> present =
                    Controllers.parse(folder.text("cgroup.controllers")).names();
            Set<String> on =
                    Controllers.parse(folder.text("cgroup.subtree_control")).names();
            atWork.removeIf(name -> {
                if (on.contains(name)) {
                    return false;
                }
                String refusal =
                        present.contains(name) ? refusal(folder, name) : "version 2 does not have it in " + folder;
                if (!refusal.isEmpty()) {
                    refusals.put(name, refusal);
                }
                return !refusal.isEmpty();
            });
        }
        return new HandingOn(atWork, refusals);
    }

    private static String refusal(CgroupFolder folder, String name) {
        String full = folder + " holds processes itself, and such a group hands no controller on";
        if (holdsProcesses(folder)) {
            return full;
        }
        try {
            folder.set("cgroup.subtree_control", "+" + name);
            return "";
        } catch (KernelException e) {
            return e.errno() == Errno.EBUSY ? full : folder + " does not hand it on: " + e.getMessage();
        }
    }

    /**
     * The kernel refuses such a group only what is not threaded: with pids or cpu it would become the root of a threaded subtree, in which no group
     * of ours can hold processes (cgroup-v2.rst, Threads). Only the root of the whole hierarchy, which has no type, may hold both.
     */
    private static boolean holdsProcesses(CgroupFolder folder) {
        return folder.has("cgroup.type") && !folder.text("cgroup.procs").isBlank();
    }
}
