package pm.backend.linux.proc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the descendants of a process. Where the kernel lists the children of each thread (proc_tid_children(5)), a look reads as much as
 * the tree is large; elsewhere all looks within a moment share one scan of {@code /proc}. Safe for use by any thread.
 */
public final class Descendants {
    // Lists come back short where processes end meanwhile; more than these looks only a fork storm needs, and that
    // never comes to rest.
    private static final int MOST_LOOKS = 5;

    private Descendants() {}

    /**
     * Returns the descendants of a process, zombies too, as of two looks that agree.
     *
     * @param root the ancestor, itself left out
     * @return parents before their children
     */
    public static List<ProcessStat> of(long root) {
        if (!ProcFiles.LISTS_CHILDREN) {
            return scanned(root);
        }
        List<ProcessStat> before = listed(root);
        for (int look = 1; look < MOST_LOOKS; look++) {
            List<ProcessStat> now = listed(root);
            if (identities(now).equals(identities(before))) {
                return now;
            }
            before = now;
        }
        return before;
    }

    /**
     * Returns the living descendants of a process, as of one look.
     *
     * @param root the ancestor, itself left out
     */
    public static List<ProcessStat> living(long root) {
        List<ProcessStat> all = ProcFiles.LISTS_CHILDREN ? listed(root) : scanned(root);
        return all.stream().filter(ProcessStat::isAlive).toList();
    }

    /** Returns the pids of the children of a process, zombies too, as of one look, which may miss some. */
    public static List<Long> children(long parent) {
        return ProcFiles.LISTS_CHILDREN
                ? ProcFiles.children(parent)
                : ProcessTable.recent().processes().stream()
                        .filter(stat -> stat.parentPid() == parent)
                        .map(ProcessStat::pid)
                        .toList();
    }

    private static Set<ProcessIdentity> identities(Collection<ProcessStat> processes) {
        return processes.stream().map(ProcessStat::identity).collect(Collectors.toSet());
    }

    /** One look by a scan that others may have made. What is not in it may have been born since. */
    static List<ProcessStat> scanned(long root) {
        List<ProcessStat> shared = ProcessTable.recent().descendantsAndZombies(root);
        return shared.isEmpty() ? ProcessTable.read().descendantsAndZombies(root) : shared;
    }

    /** One look by the lists of children. */
    static List<ProcessStat> listed(long root) {
        List<ProcessStat> found = new ArrayList<>();
        Deque<ProcessStat> parents = new ArrayDeque<>();
        Set<Long> family = new HashSet<>();
        ProcFiles.stat(root).ifPresent(stat -> {
            parents.add(stat);
            family.add(root);
        });
        while (!parents.isEmpty()) {
            for (ProcessStat child : childrenOf(parents.remove())) {
                // One that lost its parent meanwhile is another's child by now: of one of the tree, or a stranger with
                // a pid that was used again.
                if (family.contains(child.parentPid()) && family.add(child.pid())) {
                    parents.add(child);
                    found.add(child);
                }
            }
        }
        return found;
    }

    private static List<ProcessStat> childrenOf(ProcessStat parent) {
        List<ProcessStat> children = ProcFiles.children(parent.pid()).stream()
                .map(ProcFiles::stat)
                .flatMap(Optional::stream)
                .toList();
        // The list is that of whoever has the pid now.
        boolean same = children.isEmpty()
                || ProcFiles.stat(parent.pid())
                        .filter(now -> now.identity().equals(parent.identity()))
                        .isPresent();
        return same ? children : List.of();
    }
}
