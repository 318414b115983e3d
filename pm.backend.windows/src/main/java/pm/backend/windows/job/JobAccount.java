package pm.backend.windows.job;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import pm.api.ResourceUsage;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.JobAccounting;
import pm.backend.windows.kernel.WindowsException;

/** As the job itself counts. */
final class JobAccount implements Account {
    private static final int NO_LEADER = 0;

    private final Job job;
    private final Members members;

    JobAccount(Job job, Members members) {
        this.job = job;
        this.members = members;
    }

    @Override
    public void told(int message, int pid) {
        // The system counts without us.
    }

    @Override
    public ResourceUsage usage() throws WindowsException {
        JobAccounting counted = job.accounting();
        long peak = job.peakMemory();
        return Account.figures(
                counted.user(),
                counted.kernel(),
                OptionalLong.of(memory(members)),
                peak == 0 ? OptionalLong.empty() : OptionalLong.of(peak),
                OptionalLong.of(counted.readBytes()),
                OptionalLong.of(counted.writtenBytes()),
                job.activeProcesses());
    }

    /** What the members have committed, each for itself. */
    static long memory(Members members) throws WindowsException {
        AtomicLong sum = new AtomicLong();
        members.visit(NO_LEADER, process -> sum.addAndGet(process.memory().orElse(0)));
        return sum.get();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
