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

/**
 * The controller {@code memory} of version 2. The kernel ends a tree as a whole (memory.oom.group).
 *
 * @param countsSwap whether groups have a limit of swap
 */
public record MemoryV2(boolean countsSwap) implements Controller {
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
                    ? new Support(Level.ENFORCED, "memory.swap.max holds the tree")
                    : new Support(Level.UNSUPPORTED, "this kernel does not count swap for groups (swapaccount=1)");
        }
        return new Support(
                Level.ENFORCED,
                "memory.max holds the tree, and the kernel ends it as a whole"
                        + (countsSwap ? "" : "; swap is not counted by this kernel, so the tree may swap"));
    }

    @Override
    public List<FileValue> values(Limits limits) {
        List<FileValue> values = new ArrayList<>();
        OptionalLong memory = limits.amount(LimitKind.MEMORY);
        OptionalLong swap = limits.amount(LimitKind.SWAP);
        if (countsSwap && (memory.isPresent() || swap.isPresent())) {
            values.add(FileValue.of("memory.swap.max", swap.orElse(0)));
        }
        if (memory.isPresent()) {
            values.add(FileValue.of("memory.oom.group", 1));
            values.add(FileValue.of("memory.max", memory.getAsLong()));
        }
        return values;
    }

    @Override
    public void read(GroupFiles files, Figures figures) {
        figures.memory = Keyed.number(files.text("memory.current"));
        figures.peakMemory = Keyed.number(files.text("memory.peak"));
        long killed = Keyed.value(files.text("memory.events"), "oom_kill").orElse(0);
        figures.violated(LimitKind.MEMORY, killed, MemoryV1.killed(killed));
    }

    @Override
    public Optional<String> eventFile() {
        return Optional.of("memory.events");
    }
}
