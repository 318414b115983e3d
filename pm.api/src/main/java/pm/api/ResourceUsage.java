package pm.api;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a tree used. A figure that the system does not tell is empty. Immutable; safe for use by any thread.
 *
 * @param cpuUser CPU time in user mode, of all processes together
 * @param cpuSystem CPU time in the kernel, of all processes together
 * @param memoryBytes memory in use now, of the tree
 * @param peakMemoryBytes most memory at a time: of the tree where a cgroup or job counts it, else of its largest process
 * @param readBytes bytes read from block devices
 * @param writtenBytes bytes written to block devices
 * @param processes processes alive now
 * @param peakProcesses most processes at a time
 * @param throttledShare of the scheduling periods in which the tree wanted to run, the part in which a limit of CPUs held it back: 0 to 1
 * @param pressure time in which the tree waited for what was short
 */
public record ResourceUsage(
        Duration cpuUser,
        Duration cpuSystem,
        OptionalLong memoryBytes,
        OptionalLong peakMemoryBytes,
        OptionalLong readBytes,
        OptionalLong writtenBytes,
        OptionalInt processes,
        OptionalInt peakProcesses,
        OptionalDouble throttledShare,
        Optional<Pressure> pressure) {
    /** Nothing used, nothing known. */
    public static final ResourceUsage NONE =
            ofProcess(Duration.ZERO, Duration.ZERO, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    /**
     * What is known where nobody counts for a tree as a whole (getrusage(2)).
     *
     * @param cpuUser CPU time in user mode
     * @param cpuSystem CPU time in the kernel
     * @param peakMemoryBytes most memory of the largest process
     * @param readBytes bytes read from block devices
     * @param writtenBytes bytes written to block devices
     * @return usage with these figures, all others empty
     */
    public static ResourceUsage ofProcess(
            Duration cpuUser,
            Duration cpuSystem,
            OptionalLong peakMemoryBytes,
            OptionalLong readBytes,
            OptionalLong writtenBytes) {
        return new ResourceUsage(
                cpuUser,
                cpuSystem,
                OptionalLong.empty(),
                peakMemoryBytes,
                readBytes,
                writtenBytes,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    /**
     * CPU time in all.
     *
     * @return user and system together
     */
    public Duration cpu() {
        return cpuUser.plus(cpuSystem);
    }
}
