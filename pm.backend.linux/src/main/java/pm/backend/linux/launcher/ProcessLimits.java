package pm.backend.linux.launcher;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;

/**
 * Limits that hold for each process: the launcher sets them before the command runs, and every process of the tree inherits them. Soft and
 * hard limit are the same, so that the tree cannot raise them; a process with CAP_SYS_RESOURCE (root) can all the same. Immutable.
 *
 * @param resources of setrlimit(2)
 * @param nice absolute nice value
 * @param oomScoreAdj see proc(5)
 * @param affinity CPUs of sched_setaffinity(2), bit 0 is CPU 0
 */
public record ProcessLimits(
        List<Resource> resources, OptionalInt nice, OptionalInt oomScoreAdj, OptionalLong affinity) {
    /** Nothing is set: all stays as it is for this JVM. */
    public static final ProcessLimits NONE =
            new ProcessLimits(List.of(), OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty());

    /** RLIMIT_AS of asm-generic/resource.h, which x86-64 and aarch64 both have. */
    private static final int ADDRESS_SPACE = 9;

    /** Numbers of asm-generic/resource.h: RLIMIT_NOFILE, RLIMIT_FSIZE, RLIMIT_CORE. */
    private static final Map<LimitKind, Integer> RESOURCES = new EnumMap<>(Map.of(
            LimitKind.PROCESS_MEMORY, ADDRESS_SPACE,
            LimitKind.OPEN_FILES, 7,
            LimitKind.FILE_SIZE, 1,
            LimitKind.CORE_SIZE, 4));

    /**
     * A limit of setrlimit(2).
     *
     * @param number of the resource
     * @param label for a person
     * @param amount soft and hard limit
     */
    public record Resource(int number, String label, long amount) {
        @Override
        public String toString() {
            return label + "=" + amount;
        }
    }

    /** Copies the list. */
    public ProcessLimits {
        resources = List.copyOf(resources);
    }

    /** What of these limits holds for each process; the others are none of the launcher's. */
    public static ProcessLimits of(Limits limits) {
        List<Resource> resources = new ArrayList<>();
        RESOURCES.forEach((kind, number) ->
                limits.amount(kind).ifPresent(amount -> resources.add(new Resource(number, kind.label(), amount))));
        return new ProcessLimits(
                resources,
                number(limits, LimitKind.NICE),
                number(limits, LimitKind.OOM_SCORE_ADJ),
                limits.amount(LimitKind.AFFINITY));
    }

    private static OptionalInt number(Limits limits, LimitKind kind) {
        return limits.amount(kind).stream().mapToInt(Math::toIntExact).findFirst();
    }

    /** These, and a limit of the address space of each process, in bytes, unless there is a smaller one. */
    public ProcessLimits withAddressSpace(long bytes) {
        List<Resource> others = new ArrayList<>(resources);
        others.removeIf(resource -> resource.number() == ADDRESS_SPACE && resource.amount() > bytes);
        if (others.stream().noneMatch(resource -> resource.number() == ADDRESS_SPACE)) {
            others.add(new Resource(ADDRESS_SPACE, "address-space", bytes));
        }
        return new ProcessLimits(others, nice, oomScoreAdj, affinity);
    }

    /** What becomes of the kinds that {@link #of} knows, wherever the launcher starts commands. */
    public static Map<LimitKind, Support> supports() {
        return Map.of(
                LimitKind.PROCESS_MEMORY,
                        enforced(
                                "setrlimit(2), RLIMIT_AS (the address space, which is never less than the memory that is"
                                        + " mapped; JVMs and the like reserve far more than they use)"),
                LimitKind.AFFINITY,
                        new Support(
                                Level.APPROXIMATED,
                                "by sched_setaffinity(2) before the command runs, inherited by every process, which may"
                                        + " take it back"),
                LimitKind.OPEN_FILES, enforced("setrlimit(2), RLIMIT_NOFILE"),
                LimitKind.FILE_SIZE, enforced("setrlimit(2), RLIMIT_FSIZE"),
                LimitKind.CORE_SIZE, enforced("setrlimit(2), RLIMIT_CORE"),
                LimitKind.NICE, enforced("setpriority(2)"),
                LimitKind.OOM_SCORE_ADJ,
                        enforced("/proc/self/oom_score_adj (down to that of this JVM a process may lower it again)"));
    }

    private static Support enforced(String means) {
        return new Support(Level.ENFORCED, "by " + means + " before the command runs, inherited by every process");
    }
}
