package pm.api;

import java.time.Duration;

/**
 * Time in which processes of the tree waited for something that was short, summed up since the start (Linux: pressure stall information,
 * the "some" lines). Immutable; safe for use by any thread.
 *
 * @param cpu for a CPU
 * @param memory for memory
 * @param io for block devices
 */
public record Pressure(Duration cpu, Duration memory, Duration io) {}
