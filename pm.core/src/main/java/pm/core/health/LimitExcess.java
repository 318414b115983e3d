package pm.core.health;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ResourceUsage;

/** Compares what a tree uses now with what it may. Only what there is an amount of at a time can be compared: memory and processes. */
public final class LimitExcess {
    /** The kernel may charge a little beyond a limit for what cannot wait: that is no fault. */
    private static final long TOLERATED_PART = 10;

    private LimitExcess() {}

    /**
     * What is beyond its limit.
     *
     * @param limits that are held
     * @param usage read only when there is a limit to compare it with
     * @return for people, mostly empty
     */
    public static List<String> of(Limits limits, Supplier<ResourceUsage> usage) {
        OptionalLong memory = limits.amount(LimitKind.MEMORY);
        OptionalLong processes = limits.amount(LimitKind.PROCESSES);
        if (memory.isEmpty() && processes.isEmpty()) {
            return List.of();
        }
        ResourceUsage used = usage.get();
        List<String> excess = new ArrayList<>();
        memory.ifPresent(limit -> used.memoryBytes().ifPresent(bytes -> {
            if (bytes - limit > limit / TOLERATED_PART) {
                excess.add(bytes + " bytes of at most " + limit);
            }
        }));
        processes.ifPresent(limit -> used.processes().ifPresent(count -> {
            if (count > limit) {
                excess.add(count + " processes of at most " + limit);
            }
        }));
        return excess;
    }
}
