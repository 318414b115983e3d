package pm.backend.linux.proc;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pm.api.ProcessTree;

/** Processes as callers see them. */
public final class TreeNodes {
    private TreeNodes() {}

    /**
     * The living ones among some pids.
     *
     * @param leader comes first, when it is among them
     * @param pids in any order
     */
    public static List<ProcessTree.Node> ofPids(long leader, Collection<Long> pids) {
        return of(
                leader,
                pids.stream()
                        .map(ProcFiles::stat)
                        .flatMap(Optional::stream)
                        .filter(ProcessStat::isAlive)
                        .toList());
    }

    /**
     * The same, and those of their children that have exited and were not reaped. A control group does not list these.
     *
     * @param leader comes first, when it is among them
     * @param pids in any order
     */
    public static List<ProcessTree.Node> ofPidsAndZombies(long leader, Collection<Long> pids) {
        return Stream.concat(ofPids(leader, pids).stream(), of(leader, Zombies.childrenOf(pids)).stream())
                .toList();
    }

    /**
     * The living ones among some pids, with the names of their programs only: for whoever does not know which of their arguments are secret.
     *
     * @param pids in any order
     */
    public static List<ProcessTree.Node> withoutArguments(Collection<Long> pids) {
        return pids.stream()
                .map(ProcFiles::stat)
                .flatMap(Optional::stream)
                .filter(ProcessStat::isAlive)
                .map(stat -> node(stat, stat.name()))
                .toList();
    }

    /** Processes that were looked at already. */
    public static List<ProcessTree.Node> of(long leader, Collection<ProcessStat> processes) {
        return processes.stream()
                .sorted(Comparator.comparing((ProcessStat stat) -> stat.pid() != leader)
                        .thenComparing(ProcessStat::startTicks)
                        .thenComparing(ProcessStat::pid))
                .map(stat -> node(stat, ProcFiles.commandLine(stat)))
                .toList();
    }

    private static ProcessTree.Node node(ProcessStat stat, String command) {
        return new ProcessTree.Node(
                stat.pid(),
                stat.parentPid(),
                command,
                String.valueOf(stat.state()),
                Optional.of(BootClock.HOST.time(stat.startTicks())));
    }
}
