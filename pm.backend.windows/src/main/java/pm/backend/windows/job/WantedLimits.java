package pm.backend.windows.job;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.backend.windows.kernel.CpuRate;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.JobLimits;
import pm.backend.windows.kernel.WindowsException;

/** Limits in the words of Job Objects. */
final class WantedLimits {
    private WantedLimits() {}

    static JobLimits job(Limits limits, boolean breakaway) {
        OptionalLong memory = limits.amount(LimitKind.MEMORY);
        OptionalLong processes = limits.amount(LimitKind.PROCESSES);
        OptionalLong nice = limits.amount(LimitKind.NICE);
        return new JobLimits(
                memory,
                processes.isPresent() ? OptionalInt.of((int) processes.getAsLong()) : OptionalInt.empty(),
                nice.isPresent() ? OptionalInt.of(PriorityClass.ofNice((int) nice.getAsLong())) : OptionalInt.empty(),
                breakaway);
    }

    /** As seen from a machine with so many processors. */
    static Optional<CpuRate> rate(Limits limits, int processors) {
        OptionalLong cpus = limits.amount(LimitKind.CPUS);
        return cpus.isPresent() ? Optional.of(CpuRate.of(cpus.getAsLong(), processors)) : Optional.empty();
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
