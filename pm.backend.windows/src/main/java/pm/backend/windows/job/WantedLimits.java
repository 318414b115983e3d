package pm.backend.windows.job;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.windows.kernel.CpuRate;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.JobLimits;
import pm.backend.windows.kernel.WindowsException;
import pm.spi.BackendException;

/** Limits in the words of Job Objects. */
final class WantedLimits {
    private WantedLimits() {}

    static JobLimits job(Limits limits, boolean breakaway) {
        OptionalLong processes = limits.amount(LimitKind.PROCESSES);
        OptionalLong nice = limits.amount(LimitKind.NICE);
        return new JobLimits(
                limits.amount(LimitKind.MEMORY),
                limits.amount(LimitKind.PROCESS_MEMORY),
                processes.isPresent() ? OptionalInt.of((int) processes.getAsLong()) : OptionalInt.empty(),
                limits.amount(LimitKind.AFFINITY),
                nice.isPresent() ? OptionalInt.of(PriorityClass.ofNice((int) nice.getAsLong())) : OptionalInt.empty(),
                breakaway);
    }

    /** As seen from a machine with so many processors. */
    static Optional<CpuRate> rate(Limits limits, int processors) {
        OptionalLong cpus = limits.amount(LimitKind.CPUS);
        return cpus.isPresent() ? Optional.of(CpuRate.of(cpus.getAsLong(), processors)) : Optional.empty();
    }

    /**
     * Sets all of them for a job in which nothing is yet; the affinity last, so that its refusal is known to be its own.
     *
     * @throws BackendException when the system refuses
     */
    static void begin(Job job, Limits limits) throws BackendException {
        set(job, limits.without(LimitKind.AFFINITY), false);
        OptionalLong processors = limits.amount(LimitKind.AFFINITY);
        if (processors.isPresent()) {
            try {
                job.limit(job(limits, false));
            } catch (WindowsException refused) {
                throw affinityRefused(processors.getAsLong(), refused);
            }
        }
    }

    /** ERROR_INVALID_PARAMETER (87) where one of them is not there, or denied to the job around. */
    static BackendException affinityRefused(long processors, WindowsException refused) {
        return new BackendException(
                "Could not limit affinity to CPUs " + BitSet.valueOf(new long[] {processors}) + ": "
                        + refused.getMessage() + ", name only CPUs that this machine has and that this JVM may use",
                refused);
    }

    /** Sets all of them, and whether processes may leave: both are one call. */
    static void set(Job job, Limits limits, boolean breakaway) throws WindowsException {
        job.limit(job(limits, breakaway));
        Optional<CpuRate> rate = rate(limits, CpuRate.processors());
        if (rate.isPresent()) {
            job.limit(rate.get());
        }
    }
}
