package pm.backend.macos.process;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import pm.api.Capabilities;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;

/** What can be limited where there are no containers, and how firmly. */
public final class TreeLimits {
    /** ulimit of sh(1) counts files in blocks of so many bytes (POSIX, Utilities, ulimit). */
    private static final long BLOCK = 512;

    private static final Map<LimitKind, Support> SUPPORTS = new EnumMap<>(Map.of(
            LimitKind.MEMORY,
            approximated("the memory of all processes is added up every " + Tracker.FAST
                    + "; a tree that was found above the limit is killed, more for a moment may be missed"),
            LimitKind.PROCESS_MEMORY,
            approximated("the memory of each process is looked at every " + Tracker.FAST
                    + "; a tree in which one was found above the limit is killed, more for a moment may be missed"),
            LimitKind.AFFINITY,
            new Support(
                    Level.UNSUPPORTED,
                    "macOS has no affinity, only hints which threads share a cache: thread_policy_set"),
            LimitKind.PROCESSES,
            approximated("the processes are counted every " + Tracker.FAST
                    + "; a tree that was found above the limit is killed, more for a moment may be missed"),
            LimitKind.OPEN_FILES,
            enforced("setrlimit(2), RLIMIT_NOFILE"),
            LimitKind.FILE_SIZE,
            approximated(
                    "by setrlimit(2), RLIMIT_FSIZE, in the blocks of the system's sh: 512 bytes as POSIX has it, and twice"
                            + " as much where that sh counts in KiB"),
            LimitKind.CORE_SIZE,
            approximated(
                    "by setrlimit(2), RLIMIT_CORE, in the blocks of the system's sh: 512 bytes as POSIX has it, and twice"
                            + " as much where that sh counts in KiB"),
            LimitKind.NICE,
            enforced("setpriority(2)")));

    private TreeLimits() {}

    private static Support enforced(String means) {
        return new Support(Level.ENFORCED, "by " + means + " before the command runs, inherited by every process");
    }

    private static Support approximated(String means) {
        return new Support(Level.APPROXIMATED, means);
    }

    /** What becomes of each limit. */
    public static Capabilities capabilities() {
        Map<LimitKind, Support> supports = new EnumMap<>(LimitKind.class);
        for (LimitKind kind : LimitKind.values()) {
            supports.put(
                    kind, new Support(Level.UNSUPPORTED, "the system limits no trees, and has nothing of that kind"));
        }
        supports.putAll(SUPPORTS);
        return new Capabilities(supports);
    }

    /** Calls of sh's ulimit, which sets soft and hard limits; empty when none are needed. */
    static List<String> ulimits(Limits limits) {
        List<String> calls = new ArrayList<>();
        limits.amount(LimitKind.OPEN_FILES).ifPresent(amount -> calls.add("ulimit -n " + amount));
        limits.amount(LimitKind.FILE_SIZE).ifPresent(amount -> calls.add("ulimit -f " + amount / BLOCK));
        limits.amount(LimitKind.CORE_SIZE).ifPresent(amount -> calls.add("ulimit -c " + amount / BLOCK));
        return calls;
    }
}
