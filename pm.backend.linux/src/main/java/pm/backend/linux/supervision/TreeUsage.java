package pm.backend.linux.supervision;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.ResourceUsage;
import pm.backend.linux.proc.BootClock;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessStat;
import pm.backend.linux.proc.ProcessTable;

/** What a supervised tree has used so far, summed up from /proc. */
final class TreeUsage {
    private TreeUsage() {}

    /**
     * CPU time of all that lives, with what it waited for, and of all that the supervisor has reaped. A process that ends between two
     * looks is counted by whoever reaps it.
     */
    static ResourceUsage of(long supervisor) {
        List<ProcessStat> living = ProcessTable.read().descendants(supervisor);
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
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private static Duration time(long ticks) {
        return BootClock.HOST.duration(ticks);
    }
}
