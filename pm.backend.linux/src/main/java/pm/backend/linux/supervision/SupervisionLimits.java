package pm.backend.linux.supervision;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import pm.api.Capabilities;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.linux.launcher.ProcessLimits;

/** What can be limited without a cgroup, and how firmly. */
public final class SupervisionLimits {
    private SupervisionLimits() {}

    /**
     * What becomes of each limit.
     *
     * @param reason why there is no cgroup
     */
    public static Capabilities capabilities(String reason) {
        Support none = new Support(Level.UNSUPPORTED, "it takes a cgroup, and the trees have none: " + reason);
        Map<LimitKind, Support> supports = new EnumMap<>(LimitKind.class);
        for (LimitKind kind : LimitKind.values()) {
            supports.put(kind, none);
        }
        supports.putAll(ProcessLimits.supports());
        supports.put(
                LimitKind.MEMORY,
                approximated("by setrlimit(2), RLIMIT_AS, for the address space of each process instead of the memory"
                        + " of the tree; a process that wants more is refused it, and not killed"));
        supports.put(
                LimitKind.PROCESSES,
                approximated(
                        "the launcher counts the tree's processes, every 50 ms at the most, and as seldom as keeps the"
                                + " counting of all trees at 2 % of a CPU; a tree that was found to have more is ended,"
                                + " more for a moment may be missed"));
        return new Capabilities(supports);
    }

    private static Support approximated(String means) {
        return new Support(Level.APPROXIMATED, means);
    }

    /** What the launcher sets for each process. */
    static ProcessLimits ofEachProcess(Limits limits) {
        ProcessLimits each = ProcessLimits.of(limits);
        OptionalLong memory = limits.amount(LimitKind.MEMORY);
        return memory.isPresent() ? each.withAddressSpace(memory.getAsLong()) : each;
    }

    /** How many processes may live at a time, 0 for any number. */
    static int mostProcesses(Limits limits) {
        return Math.toIntExact(limits.amount(LimitKind.PROCESSES).orElse(0));
    }
}
