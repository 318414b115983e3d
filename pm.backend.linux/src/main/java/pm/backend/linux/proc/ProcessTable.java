package pm.backend.linux.proc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What processes there were at one moment, zombies too. Immutable.
 *
 * @param processes in no order
 */
public record ProcessTable(List<ProcessStat> processes) {
    // Scans of /proc come back short now and then; more than these only a fork storm needs, and that never comes to
    // rest.
    private static final int MOST_SCANS = 5;

    /** Copies the list. */
    public ProcessTable {
        processes = List.copyOf(processes);
    }

    /** Looks now. */
    public static ProcessTable read() {
        List<ProcessStat> processes = new ArrayList<>();
        for (long pid : ProcFiles.pids()) {
            ProcFiles.stat(pid).ifPresent(processes::add);
        }
        return new ProcessTable(processes);
    }

    /**
     * The descendants of a process by parent pid, zombies too, itself left out, as of two scans that agree.
     *
     * @param root the ancestor
     * @return in order of depth
     */
    public static List<ProcessStat> descendantsOf(long root) {
        List<ProcessStat> before = read().descendantsAndZombies(root);
        for (int scan = 1; scan < MOST_SCANS; scan++) {
            List<ProcessStat> now = read().descendantsAndZombies(root);
            if (identities(now).equals(identities(before))) {
                return now;
            }
            before = now;
        }
        return before;
    }

    private static Set<ProcessIdentity> identities(Collection<ProcessStat> processes) {
        return processes.stream().map(ProcessStat::identity).collect(Collectors.toSet());
    }

    /** Living descendants of a process in this table. */
    public List<ProcessStat> descendants(long root) {
        return all(root).stream().filter(ProcessStat::isAlive).toList();
    }

    private List<ProcessStat> descendantsAndZombies(long root) {
        return all(root).stream()
                .filter(stat -> stat.isAlive() || Zombies.isZombie(stat))
                .toList();
    }

    private List<ProcessStat> all(long root) {
        var children = processes.stream().collect(Collectors.groupingBy(ProcessStat::parentPid));
        List<ProcessStat> found = new ArrayList<>();
        Deque<Long> parents = new ArrayDeque<>(List.of(root));
        while (!parents.isEmpty()) {
            for (ProcessStat child : children.getOrDefault(parents.remove(), List.of())) {
                parents.add(child.pid());
                found.add(child);
            }
        }
        return found;
    }
}
