package pm.backend.linux.proc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Processes that have exited, and that their parents have not reaped. */
final class Zombies {
    // proc_tid_children(5): only in kernels with CONFIG_PROC_CHILDREN.
    private static final boolean LISTED = Files.exists(Path.of("/proc/thread-self/children"));

    private Zombies() {}

    static boolean isZombie(ProcessStat stat) {
        return stat.state() == 'Z';
    }

    /** Those whose parent is one of these. */
    static List<ProcessStat> childrenOf(Collection<Long> parents) {
        Set<Long> known = Set.copyOf(parents);
        Stream<ProcessStat> children =
                LISTED ? known.stream().flatMap(Zombies::listed) : ProcessTable.read().processes().stream();
        return children.filter(stat -> known.contains(stat.parentPid()) && isZombie(stat))
                .toList();
    }

    private static Stream<ProcessStat> listed(long parent) {
        return ProcFiles.threads(parent).stream()
                .flatMap(thread -> ProcFiles.children(parent, thread).stream())
                .map(ProcFiles::stat)
                .flatMap(Optional::stream);
    }
}
