package pm.tests.behaviour;

import java.util.regex.Pattern;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ProcessSpec;

/** A limit of each kind, and a program inside that shows what the operating system makes of it. */
enum LimitSample {
    MEMORY(48 * Limits.MIB, knob("memory", "memory.max", "memory.limit_in_bytes"), "50331648"),
    // In version 1 the limit is of memory and swap together.
    SWAP(16 * Limits.MIB, knob("memory", "memory.swap.max", "memory.memsw.limit_in_bytes"), "16777216|67108864"),
    CPUS(
            250,
            knob("cpu", "cpu.max", "cpu.cfs_quota_us") + "; " + knob("cpu", "cpu.max", "cpu.cfs_period_us"),
            "(?s)(25000\\D+100000\\b|50000\\D+200000\\b).*"),
    // In version 1 1024 shares are what 100 is in version 2.
    CPU_WEIGHT(50, knob("cpu", "cpu.weight", "cpu.shares"), "50|512"),
    PROCESSES(20, knob("pids", "pids.max", "pids.max"), "20"),
    READ_BANDWIDTH(1 << 20, knob("blkio", "io.max", "blkio.throttle.read_bps_device"), "(?s).*\\b1048576\\b.*"),
    WRITE_BANDWIDTH(1 << 21, knob("blkio", "io.max", "blkio.throttle.write_bps_device"), "(?s).*\\b2097152\\b.*"),
    READ_OPERATIONS(1234, knob("blkio", "io.max", "blkio.throttle.read_iops_device"), "(?s).*\\b1234\\b.*"),
    WRITE_OPERATIONS(4321, knob("blkio", "io.max", "blkio.throttle.write_iops_device"), "(?s).*\\b4321\\b.*"),
    PROCESS_MEMORY(
            64 << 20, "grep 'Max address space' /proc/self/limits", "Max address space +67108864 +67108864 +bytes *"),
    AFFINITY(1, "grep Cpus_allowed_list /proc/self/status", "Cpus_allowed_list:\\s+0"),
    OPEN_FILES(64, "grep 'Max open files' /proc/self/limits", "Max open files +64 +64 +files *"),
    FILE_SIZE(4096, "grep 'Max file size' /proc/self/limits", "Max file size +4096 +4096 +bytes *"),
    CORE_SIZE(0, "grep 'Max core file size' /proc/self/limits", "Max core file size +0 +0 +bytes *"),
    NICE(7, "nice", "7"),
    OOM_SCORE_ADJ(321, "cat /proc/self/oom_score_adj", "321");

    private final long amount;
    private final String script;
    private final Pattern shown;

    LimitSample(long amount, String script, String shown) {
        this.amount = amount;
        this.script = script;
        this.shown = Pattern.compile(shown);
    }

    LimitKind kind() {
        return LimitKind.valueOf(name());
    }

    /** What to ask for. */
    Limits limits() {
        Limits limits = Limits.none().with(kind(), amount);
        return this == SWAP ? limits.memory(MEMORY.amount, 1) : limits;
    }

    /** Prints what holds for it. */
    ProcessSpec program() {
        return ProcessSpec.of("sh", "-c", script);
    }

    /** Whether that is the limit. */
    boolean isShown(String output) {
        return shown.matcher(output.strip()).matches();
    }

    /** The content of a file of the control group that the script runs in: version 2, else version 1 (cgroups(7)). */
    private static String knob(String controller, String second, String first) {
        return "f=/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/self/cgroup)/" + second + "; [ -e $f ] || f=/sys/fs/cgroup/"
                + controller + "$(sed -n 's/^[0-9]*:\\([^:]*,\\)\\{0,1\\}" + controller
                + "\\(,[^:]*\\)\\{0,1\\}:\\(.*\\)/\\3/p' /proc/self/cgroup)/" + first + "; cat $f";
    }
}
