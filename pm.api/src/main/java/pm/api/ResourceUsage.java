package pm.api;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a tree used. A figure that the system does not tell is empty.
 *
 * @param cpuUser CPU time in user mode, of all processes together
 * @param cpuSystem CPU time in the kernel, of all processes together
 * @param peakMemoryBytes most memory at a time: of the tree where a cgroup or job counts it, else of its largest process
 * @param readBytes bytes read from block devices
 * @param writtenBytes bytes written to block devices
 * @param peakProcesses most processes at a time
 */
public record ResourceUsage(
        Duration cpuUser,
        Duration cpuSystem,
        OptionalLong peakMemoryBytes,
        OptionalLong readBytes,
        OptionalLong writtenBytes,
        OptionalInt peakProcesses) {
    /** Nothing used, nothing known. */
    public static final ResourceUsage NONE = new ResourceUsage(
            Duration.ZERO,
            Duration.ZERO,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalInt.empty());

    /**
     * CPU time in all.
     *
     * @return user and system together
     */
    public Duration cpu() {
        return cpuUser.plus(cpuSystem);
    }
}
