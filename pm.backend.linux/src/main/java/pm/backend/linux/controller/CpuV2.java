package pm.backend.linux.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;

/** The controller {@code cpu} of version 2. */
public final class CpuV2 implements Controller {
    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public Set<LimitKind> kinds() {
        return Set.of(LimitKind.CPUS, LimitKind.CPU_WEIGHT);
    }

    @Override
    public Support support(LimitKind kind, GroupFiles files) {
        String file = kind == LimitKind.CPUS ? "cpu.max" : "cpu.weight";
        return files.has(file)
                ? new Support(Level.ENFORCED, file + " holds the tree")
                : new Support(Level.UNSUPPORTED, "this kernel is built without " + file);
    }

    @Override
    public List<FileValue> values(Limits limits) {
        List<FileValue> values = new ArrayList<>();
        limits.amount(LimitKind.CPUS).ifPresent(amount -> {
            Bandwidth bandwidth = Bandwidth.of(amount);
            values.add(FileValue.of("cpu.max", bandwidth.quota() + " " + bandwidth.period()));
        });
        limits.amount(LimitKind.CPU_WEIGHT).ifPresent(amount -> values.add(FileValue.of("cpu.weight", amount)));
        return values;
    }

    @Override
    public void read(GroupFiles files, Figures figures) {
        Throttling.read(files.text("cpu.stat"), "throttled_usec", 1000, figures);
    }
}
