package pm.backend.linux.proc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds the processes that one scan of {@code /proc} has found, zombies too. Immutable. */
final class ProcessTable {
    /** So long a scan serves whoever asks. */
    private static final long TICK_NANOS = Duration.ofMillis(50).toNanos();

    private static final Object LOCK = new Object();
    private static ProcessTable recent;
    private static long recentNanos;

    private final List<ProcessStat> processes;
    private final Map<Long, List<ProcessStat>> children;

    /** Copies the list, which may be in any order. */
    ProcessTable(Collection<ProcessStat> processes) {
        this.processes = List.copyOf(processes);
        this.children = processes.stream().collect(Collectors.groupingBy(ProcessStat::parentPid));
    }

    /** Looks now. */
    static ProcessTable read() {
        List<ProcessStat> processes = new ArrayList<>();
        for (long pid : ProcFiles.pids()) {
            ProcFiles.stat(pid).ifPresent(processes::add);
        }
        return new ProcessTable(processes);
    }

    /** Returns the last scan if it is younger than a tick, else that of a look now: many looks at many trees share it. */
    static ProcessTable recent() {
        synchronized (LOCK) {
            if (recent == null || System.nanoTime() - recentNanos > TICK_NANOS) {
                recent = read();
                recentNanos = System.nanoTime();
            }
            return recent;
        }
    }

    List<ProcessStat> processes() {
        return processes;
    }

    /** Returns the descendants of a process, itself left out, in order of depth. */
    List<ProcessStat> descendantsAndZombies(long root) {
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
