package pm.backend.linux.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.linux.kernel.Errno;

/** The controller {@code cpu} of version 1. */
public final class CpuV1 implements Controller {
    /** cpu.shares of a group where nothing else is said, which is what a weight of 100 means. */
    private static final long USUAL_SHARES = 1024;

    private static final long USUAL_WEIGHT = 100;
    private static final String QUOTA = "cpu.cfs_quota_us";

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
        String file = kind == LimitKind.CPUS ? QUOTA : "cpu.shares";
        return files.has(file)
                ? new Support(Level.ENFORCED, file + " (v1) holds the tree")
                : new Support(Level.UNSUPPORTED, "this kernel is built without " + file);
    }

    @Override
    public List<FileValue> values(Limits limits) {
        List<FileValue> values = new ArrayList<>();
        limits.amount(LimitKind.CPUS).ifPresent(amount -> {
            Bandwidth bandwidth = Bandwidth.of(amount);
            values.add(FileValue.of("cpu.cfs_period_us", bandwidth.period()));
            values.add(FileValue.of(QUOTA, bandwidth.quota()));
        });
        // The least that the kernel takes is 2; the least weight gives 10.
        limits.amount(LimitKind.CPU_WEIGHT)
                .ifPresent(amount -> values.add(FileValue.of("cpu.shares", amount * USUAL_SHARES / USUAL_WEIGHT)));
        return values;
    }

    /** No group may have more than the one above it (kernel/sched/core.c, tg_cfs_schedulable_down). */
    @Override
    public Optional<String> advice(String file, int errno) {
        return file.equals(QUOTA) && errno == Errno.EINVAL
                ? Optional.of("a group above it may use less, give fewer CPUs")
                : Optional.empty();
    }

    @Override
    public void read(GroupFiles files, Figures figures) {
        Throttling.read(files.text("cpu.stat"), "throttled_time", 1, figures);
    }
}
