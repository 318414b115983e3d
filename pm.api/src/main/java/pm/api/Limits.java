package pm.api;

import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Limits of a whole tree. A limit that the system cannot enforce makes spawn fail with {@link UnsupportedLimitException}, unless the
 * caller chose {@link #bestEffort(boolean) best effort}: then it is approximated or left out, with a warning event and an entry in the
 * result.
 *
 * @param memoryBytes bytes, at least 1
 * @param cpus CPUs, for instance 1.5; above 0
 * @param processes processes alive at a time, at least 1
 * @param bestEffort whether a limit that cannot be enforced is accepted all the same
 */
public record Limits(OptionalLong memoryBytes, OptionalDouble cpus, OptionalInt processes, boolean bestEffort) {
    /** One mebibyte. */
    public static final long MIB = 1L << 20;
    /** One gibibyte. */
    public static final long GIB = 1L << 30;

    private static final Limits NONE =
            new Limits(OptionalLong.empty(), OptionalDouble.empty(), OptionalInt.empty(), false);

    /** Checks the ranges. */
    public Limits {
        if (memoryBytes.isPresent() && memoryBytes.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "Could not limit memory to " + memoryBytes.getAsLong() + " bytes: use at least 1");
        }
        if (cpus.isPresent() && !(cpus.getAsDouble() > 0 && cpus.getAsDouble() <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "Could not limit CPUs to " + cpus.getAsDouble() + ": use a number above 0");
        }
        if (processes.isPresent() && processes.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "Could not limit processes to " + processes.getAsInt() + ": use at least 1");
        }
    }

    /**
     * No limits.
     *
     * @return the empty limits
     */
    public static Limits none() {
        return NONE;
    }

    /**
     * These limits and one for memory.
     *
     * @param amount how many
     * @param unit of how many bytes, for instance {@link #GIB}
     * @return new limits
     */
    public Limits memory(long amount, long unit) {
        return new Limits(OptionalLong.of(Math.multiplyExact(amount, unit)), cpus, processes, bestEffort);
    }

    /**
     * These limits and one for CPUs.
     *
     * @param share CPUs that the tree may use at a time
     * @return new limits
     */
    public Limits cpus(double share) {
        return new Limits(memoryBytes, OptionalDouble.of(share), processes, bestEffort);
    }

    /**
     * These limits and one for the number of processes.
     *
     * @param count alive at a time, the leader included
     * @return new limits
     */
    public Limits processes(int count) {
        return new Limits(memoryBytes, cpus, OptionalInt.of(count), bestEffort);
    }

    /**
     * These limits, strict or not.
     *
     * @param accepted whether limits that cannot be enforced are accepted
     * @return new limits
     */
    public Limits bestEffort(boolean accepted) {
        return new Limits(memoryBytes, cpus, processes, accepted);
    }

    /**
     * Which limits are set.
     *
     * @return the kinds, empty for {@link #none()}
     */
    public Set<LimitKind> kinds() {
        Set<LimitKind> kinds = EnumSet.noneOf(LimitKind.class);
        if (memoryBytes.isPresent()) {
            kinds.add(LimitKind.MEMORY);
        }
        if (cpus.isPresent()) {
            kinds.add(LimitKind.CPUS);
        }
        if (processes.isPresent()) {
            kinds.add(LimitKind.PROCESSES);
        }
        return kinds;
    }
}
