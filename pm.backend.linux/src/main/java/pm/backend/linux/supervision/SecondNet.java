package pm.backend.linux.supervision;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.HeldProcess;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.proc.Descendants;
import pm.backend.linux.proc.MarkedProcesses;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessIdentity;
import pm.backend.linux.proc.ProcessStat;

/**
 * What can still be found of a tree whose supervisor was killed: the leader, its descendants, and processes that carry the tree's marks in
 * their environment. It proves nothing: a process that cleared its environment and lost its parent is missed. Immutable.
 */
final class SecondNet {
    private final Set<String> marks;

    SecondNet(String instanceId, String processId) {
        this.marks = Set.of("PM_INSTANCE_ID=" + instanceId, "PM_PROCESS_ID=" + processId);
    }

    /**
     * Looks now.
     *
     * @param leader the command, empty when it had ended before it could be looked at
     */
    List<ProcessStat> find(Optional<ProcessIdentity> leader) {
        Map<Long, ProcessStat> found = new HashMap<>();
        leader.filter(ProcessIdentity::isAlive).ifPresent(alive -> {
            ProcFiles.stat(alive.pid()).ifPresent(stat -> found.put(stat.pid(), stat));
            Descendants.living(alive.pid()).forEach(stat -> found.put(stat.pid(), stat));
        });
        MarkedProcesses.find(marks, earliestStart(leader)).forEach(stat -> found.put(stat.pid(), stat));
        return List.copyOf(found.values());
    }

    /** Nothing of the tree is older than its leader, or than this JVM. */
    private static long earliestStart(Optional<ProcessIdentity> leader) {
        return leader.map(ProcessIdentity::startTicks)
                .or(() -> ProcFiles.stat(ProcessHandle.current().pid()).map(ProcessStat::startTicks))
                .orElse(0L);
    }

    /**
     * Kills what it finds.
     *
     * @return those that were found alive; none when there is nothing left to do
     */
    List<ProcessStat> kill(Optional<ProcessIdentity> leader) {
        List<ProcessStat> found = find(leader);
        for (ProcessStat stat : found) {
            try {
                signal(stat.identity(), Signals.SIGKILL);
            } catch (KernelException refused) {
                // It is found, and counted, again at the next look.
            }
        }
        return found;
    }

    /**
     * Signals that very process.
     *
     * @return false when it is gone
     */
    static boolean signal(ProcessIdentity process, int signal) throws KernelException {
        try (HeldProcess held = HeldProcess.open(process.pid())) {
            // After it was opened: what has the right start time now is what is held.
            boolean same = ProcFiles.stat(process.pid())
                    .filter(stat -> stat.identity().equals(process))
                    .isPresent();
            if (same) {
                held.signal(signal);
            }
            return same;
        } catch (KernelException refused) {
            return goneOrThrow(refused);
        }
    }

    private static boolean goneOrThrow(KernelException refused) throws KernelException {
        if (refused.errno() == Errno.ESRCH) {
            return false;
        }
        throw refused;
    }
}
