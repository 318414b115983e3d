package pm.backend.macos.process;

import java.util.OptionalLong;

/**
 * What one process has used.
 *
 * @param userNanos CPU time of its own
 * @param systemNanos CPU time in the kernel
 * @param memory bytes that it occupies now
 * @param read bytes from disks
 * @param written bytes to disks
 */
public record Sample(long userNanos, long systemNanos, long memory, OptionalLong read, OptionalLong written) {}
