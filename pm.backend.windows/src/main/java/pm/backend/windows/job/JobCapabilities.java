package pm.backend.windows.job;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import pm.api.Capabilities;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.LimitKind;
import pm.backend.windows.kernel.CpuRate;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.WindowsException;

/** What Job Objects do with each limit on this host. */
public final class JobCapabilities {
    private static final int HALF = 5000;

    private JobCapabilities() {}

    /** Looks, at a job in which nothing is. */
    public static Capabilities of(Optional<String> wine) {
        return decide(wine, refusalOfCpuRate());
    }

    private static Optional<String> refusalOfCpuRate() {
        try (Job job = Job.create()) {
            job.limit(new CpuRate(HALF));
            return Optional.empty();
        } catch (WindowsException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    /**
     * Decides.
     *
     * @param wine its version, empty on Windows
     * @param refusalOfCpuRate why the system takes no rate of CPUs, empty when it does
     */
    static Capabilities decide(Optional<String> wine, Optional<String> refusalOfCpuRate) {
        Map<LimitKind, Support> supports = new EnumMap<>(LimitKind.class);
        for (LimitKind kind : LimitKind.values()) {
            supports.put(kind, onWindows(kind, refusalOfCpuRate));
        }
        if (wine.isPresent()) {
            supports.replaceAll((kind, support) -> support.level() == Level.UNSUPPORTED
                    ? support
                    : unsupported("Wine " + wine.get() + " accepts it and does not hold anybody to it"));
        }
        return new Capabilities(supports);
    }

    private static Support onWindows(LimitKind kind, Optional<String> refusalOfCpuRate) {
        return switch (kind) {
            case MEMORY -> enforced("JobMemoryLimit of its job: memory that is committed, in RAM or in the page file");
            case SWAP -> unsupported("a job counts memory in RAM and in the page file as one: limit memory");
            case CPUS ->
                refusalOfCpuRate
                        .map(reason -> unsupported("this system takes no CPU rate for a job: " + reason))
                        .orElseGet(() -> enforced("hard cap of the CPU rate of its job"));
            case CPU_WEIGHT -> unsupported("jobs have weights from 1 to 9, which exclude a limit of CPUs");
            case PROCESS_MEMORY ->
                enforced("ProcessMemoryLimit of its job: what each process commits, in RAM or in the page file");
            case AFFINITY -> enforced("Affinity of its job");
            case PROCESSES -> enforced("ActiveProcessLimit of its job");
            case NICE ->
                new Support(Level.APPROXIMATED, "priority class of its job: five classes for forty nice values");
            case READ_BANDWIDTH, WRITE_BANDWIDTH, READ_OPERATIONS, WRITE_OPERATIONS ->
                unsupported("Windows has withdrawn I/O rates of jobs (SetIoRateControlInformationJobObject)");
            case OPEN_FILES, FILE_SIZE -> unsupported("Windows has no such limit");
            case CORE_SIZE -> unsupported("Windows writes dumps as its Error Reporting is configured");
            case OOM_SCORE_ADJ -> unsupported("Windows kills nobody when memory is short: allocations fail");
        };
    }

    private static Support enforced(String reason) {
        return new Support(Level.ENFORCED, reason);
    }

    private static Support unsupported(String reason) {
        return new Support(Level.UNSUPPORTED, reason);
    }
}
