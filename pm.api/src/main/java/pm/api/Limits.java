package pm.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Limits of a whole tree. A limit that the system cannot enforce makes spawn fail with {@link UnsupportedLimitException}, unless the
 * caller chose {@link #bestEffort(boolean) best effort}: then it is approximated or left out, with a warning event and an entry in the
 * result. Immutable; safe for use by any thread.
 *
 * @param amounts what is limited to how much, in the unit of its {@link LimitKind}
 * @param bestEffort whether a limit that cannot be enforced is accepted all the same
 */
public record Limits(Map<LimitKind, Long> amounts, boolean bestEffort) {
    /** One kibibyte. */
    public static final long KIB = 1L << 10;
    /** One mebibyte. */
    public static final long MIB = 1L << 20;
    /** One gibibyte. */
    public static final long GIB = 1L << 30;

    private static final Limits NONE = new Limits(Map.of(), false);
    private static final int THOUSANDTHS = 1000;
    /** The mask of an affinity is a positive number. */
    private static final int LAST_CPU = 62;

    /** Copies the map and checks the ranges. */
    public Limits {
        EnumMap<LimitKind, Long> copy = new EnumMap<>(LimitKind.class);
        copy.putAll(amounts);
        copy.forEach(Limits::check);
        amounts = Collections.unmodifiableMap(copy);
    }

    private static void check(LimitKind kind, long amount) {
        if (amount < kind.least() || amount > kind.most()) {
            throw new IllegalArgumentException("Could not limit " + kind.label() + " to " + amount + ": use "
                    + (kind.most() == Long.MAX_VALUE
                            ? "at least " + kind.least()
                            : kind.least() + " to " + kind.most()));
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
     * These limits and one more.
     *
     * @param kind what is limited
     * @param amount in the kind's unit
     * @return new limits
     */
    public Limits with(LimitKind kind, long amount) {
        EnumMap<LimitKind, Long> more = new EnumMap<>(LimitKind.class);
        more.putAll(amounts);
        more.put(kind, amount);
        return new Limits(more, bestEffort);
    }

    /**
     * These limits without one.
     *
     * @param kind what is not limited
     * @return new limits
     */
    public Limits without(LimitKind kind) {
        EnumMap<LimitKind, Long> fewer = new EnumMap<>(LimitKind.class);
        fewer.putAll(amounts);
        fewer.remove(kind);
        return new Limits(fewer, bestEffort);
    }

    /**
     * These limits and one for memory.
     *
     * @param amount how many
     * @param unit of how many bytes, for instance {@link #GIB}
     * @return new limits
     */
    public Limits memory(long amount, long unit) {
        return with(LimitKind.MEMORY, Math.multiplyExact(amount, unit));
    }

    /**
     * These limits and one for swap space.
     *
     * @param amount how many
     * @param unit of how many bytes, for instance {@link #GIB}
     * @return new limits
     */
    public Limits swap(long amount, long unit) {
        return with(LimitKind.SWAP, Math.multiplyExact(amount, unit));
    }

    /**
     * These limits and one for CPUs.
     *
     * @param share CPUs that the tree may use at a time, for instance 1.5; counted in thousandths
     * @return new limits
     */
    public Limits cpus(double share) {
        double amount = share * THOUSANDTHS;
        if (!(amount >= 1 && amount <= LimitKind.CPUS.most())) {
            throw new IllegalArgumentException("Could not limit CPUs to " + share + ": use a number from 0.001 to "
                    + LimitKind.CPUS.most() / THOUSANDTHS);
        }
        return with(LimitKind.CPUS, Math.round(amount));
    }

    /**
     * These limits and one for the number of processes.
     *
     * @param count alive at a time, the leader included
     * @return new limits
     */
    public Limits processes(int count) {
        return with(LimitKind.PROCESSES, count);
    }

    /**
     * These limits and one for the memory of each process.
     *
     * @param amount how many
     * @param unit of how many bytes, for instance {@link #GIB}
     * @return new limits
     */
    public Limits processMemory(long amount, long unit) {
        return with(LimitKind.PROCESS_MEMORY, Math.multiplyExact(amount, unit));
    }

    /**
     * These limits and one for the CPUs on which the processes may run.
     *
     * @param cpus their numbers, 0 to 62, as the system counts them; at least one
     * @return new limits
     */
    public Limits affinity(int... cpus) {
        if (cpus.length == 0) {
            throw new IllegalArgumentException("Could not limit affinity to no CPU: name at least one");
        }
        long mask = 0;
        for (int cpu : cpus) {
            if (cpu < 0 || cpu > LAST_CPU) {
                throw new IllegalArgumentException("Could not limit affinity to CPU " + cpu + ": use 0 to " + LAST_CPU);
            }
            mask |= 1L << cpu;
        }
        return with(LimitKind.AFFINITY, mask);
    }

    /**
     * These limits, strict or not.
     *
     * @param accepted whether limits that cannot be enforced are accepted
     * @return new limits
     */
    public Limits bestEffort(boolean accepted) {
        return new Limits(amounts, accepted);
    }

    /**
     * How much of something is allowed.
     *
     * @param kind what is limited
     * @return in the kind's unit; empty when it is not limited
     */
    public OptionalLong amount(LimitKind kind) {
        Long amount = amounts.get(kind);
        return amount == null ? OptionalLong.empty() : OptionalLong.of(amount);
    }

    /**
     * Which limits are set.
     *
     * @return the kinds, empty for {@link #none()}
     */
    public Set<LimitKind> kinds() {
        return amounts.keySet();
    }
}
