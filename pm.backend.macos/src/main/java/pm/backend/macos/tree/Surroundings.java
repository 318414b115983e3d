package pm.backend.macos.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at all processes of the host, one time after the other, and knows who was there the last time: who was forked by a process that is
 * neither there now nor was then, has a parent that lived only between two looks. Not thread-safe.
 */
public final class Surroundings {
    private final ProcessTable table;
    private Set<Integer> pids = new HashSet<>();
    private Set<Long> before = new HashSet<>();
    private Set<Long> now = new HashSet<>();

    /** Nobody was seen yet. */
    public Surroundings(ProcessTable table) {
        this.table = table;
    }

    /** Looks. New ones are read first: they are those who may be gone in a moment, and whose parents matter. */
    public Look look() {
        List<Integer> listed = table.pids();
        List<ProcessRecord> processes = new ArrayList<>(listed.size());
        Set<Integer> last = pids;
        pids = new HashSet<>();
        before = now;
        now = new HashSet<>();
        boolean whole = true;
        for (int pid : listed) {
            if (!last.contains(pid)) {
                whole &= read(pid, processes);
            }
        }
        for (int pid : listed) {
            if (last.contains(pid)) {
                read(pid, processes);
            }
        }
        return new Look(processes, whole);
    }

    private boolean read(int pid, List<ProcessRecord> processes) {
        Optional<ProcessRecord> process = table.find(pid);
        process.ifPresent(there -> {
            pids.add(pid);
            now.add(there.uniqueId());
            processes.add(there);
        });
        return process.isPresent();
    }

    /** Whether it is new and was forked by a process that nobody has seen. Nothing is, as long as there was one look only. */
    boolean hasUnseenParent(ProcessRecord process) {
        return !before.isEmpty()
                && !before.contains(process.uniqueId())
                && process.parentUniqueId() != 0
                && !before.contains(process.parentUniqueId())
                && !now.contains(process.parentUniqueId());
    }
}
