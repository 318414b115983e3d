package pm.backend.linux.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.linux.kernel.Errno;

/**
 * The controller {@code memory} of version 1 (the kernel's cgroup-v1/memory.rst). The kernel kills one process at a time; the rest of the
 * tree is ended by us.
 *
 * @param countsSwap whether groups have a limit of memory and swap together
 */
public record MemoryV1(boolean countsSwap) implements Controller {
    /** In which the kernel counts kills; event_control takes it too. */
    public static final String OOM_CONTROL = "memory.oom_control";

    private static final String MEMORY = "memory.limit_in_bytes";
    private static final String MEMORY_AND_SWAP = "memory.memsw.limit_in_bytes";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Set<LimitKind> kinds() {
        return Set.of(LimitKind.MEMORY, LimitKind.SWAP);
    }

    @Override
    public Support support(LimitKind kind, GroupFiles files) {
        if (kind == LimitKind.SWAP) {
            return countsSwap
                    ? new Support(
                            Level.APPROXIMATED,
                            "cgroups v1 limit memory and swap together (memory.memsw.limit_in_bytes), and swap not at all where"
                                    + " memory is not limited")
                    : new Support(Level.UNSUPPORTED, "this kernel does not count swap for groups (swapaccount=1)");
        }
        return new Support(
                Level.ENFORCED,
                "memory.limit_in_bytes (v1) holds the tree; the kernel kills one process, and pm the rest"
                        + (countsSwap ? "" : "; swap is not counted by this kernel, so the tree may swap"));
    }

    @Override
    public List<FileValue> values(Limits limits) {
        OptionalLong memory = limits.amount(LimitKind.MEMORY);
        OptionalLong swap = limits.amount(LimitKind.SWAP);
        if (memory.isEmpty()) {
            return List.of();
        }
        List<FileValue> values = new ArrayList<>();
        long both = sum(memory.getAsLong(), swap.orElse(0));
        // The limit of both is never below that of memory: to be raised it goes first, to be lowered it goes last.
        if (countsSwap) {
            values.add(FileValue.early(MEMORY_AND_SWAP, both));
        }
        values.add(FileValue.of(MEMORY, memory.getAsLong()));
        if (countsSwap) {
            values.add(FileValue.of(MEMORY_AND_SWAP, both));
        }
        return values;
    }

    private static long sum(long memory, long swap) {
        return memory > Long.MAX_VALUE - swap ? Long.MAX_VALUE : memory + swap;
    }

    @Override
    public Optional<String> advice(String file, int errno) {
        return errno == Errno.EBUSY
                ? Optional.of("the tree uses more, and it cannot be reclaimed: give it more")
                : Optional.empty();
    }

    @Override
    public void read(GroupFiles files, Figures figures) {
        figures.memory = Keyed.number(files.text("memory.usage_in_bytes"));
        figures.peakMemory = Keyed.number(files.text("memory.max_usage_in_bytes"));
        long killed = Keyed.value(files.text(OOM_CONTROL), "oom_kill").orElse(0);
        figures.violated(LimitKind.MEMORY, killed, killed(killed));
    }

    static String killed(long count) {
        return "the kernel killed " + count + (count == 1 ? " process" : " processes") + " for want of memory";
    }

    /** None: the kernel tells by an eventfd (cgroup.event_control). */
    @Override
    public Optional<String> eventFile() {
        return Optional.empty();
    }
}
