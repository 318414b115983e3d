package pm.backend.linux.supervision;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.ResourceUsage;
import pm.backend.linux.proc.BootClock;
import pm.backend.linux.proc.Descendants;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessStat;
import pm.backend.posix.libc.Libc;

/** What a supervised tree has used so far, summed up from /proc. */
final class TreeUsage {
    private static final long PAGE_BYTES = Libc.getpagesize();

    private TreeUsage() {}

    /**
     * CPU time of all that lives, with what it waited for, and of all that the supervisor has reaped. A process that ends between two
     * looks is counted by whoever reaps it. Memory is the sum of what is resident (field rss of proc_pid_stat(5)): pages that processes
     * share count once for each of them.
     */
    static ResourceUsage of(long supervisor) {
        List<ProcessStat> living = Descendants.living(supervisor);
        long user = living.stream()
                .mapToLong(stat -> stat.userTicks() + stat.childrenUserTicks())
                .sum();
        long system = living.stream()
                .mapToLong(stat -> stat.systemTicks() + stat.childrenSystemTicks())
                .sum();
        // Not the supervisor's own time.
        user += ProcFiles.stat(supervisor).map(ProcessStat::childrenUserTicks).orElse(0L);
        system +=
                ProcFiles.stat(supervisor).map(ProcessStat::childrenSystemTicks).orElse(0L);
        return new ResourceUsage(
                time(user),
                time(system),
                OptionalLong.of(resident(living)),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.of(living.size()),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    private static long resident(List<ProcessStat> living) {
        return living.stream().mapToLong(ProcessStat::residentPages).sum() * PAGE_BYTES;
    }

    private static Duration time(long ticks) {
        return BootClock.HOST.duration(ticks);
    }
}
