package pm.backend.linux.proc;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Processes that have exited, and that their parents have not reaped. */
final class Zombies {
    private Zombies() {}

    static boolean isZombie(ProcessStat stat) {
        return stat.state() == 'Z';
    }

    /** Those whose parent is one of these. */
    static List<ProcessStat> childrenOf(Collection<Long> parents) {
        Set<Long> known = Set.copyOf(parents);
        Stream<ProcessStat> children =
                ProcFiles.LISTS_CHILDREN ? listed(known) : ProcessTable.recent().processes().stream();
        return children.filter(stat -> known.contains(stat.parentPid()) && isZombie(stat))
                .toList();
    }

    /** What is among the parents themselves is no zombie. */
    private static Stream<ProcessStat> listed(Set<Long> parents) {
        return parents.stream()
                .flatMap(parent -> ProcFiles.children(parent).stream())
                .filter(child -> !parents.contains(child))
                .map(ProcFiles::stat)
                .flatMap(Optional::stream);
    }
}
