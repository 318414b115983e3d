package pm.backend.windows.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import pm.api.ExitStatus;
import pm.api.LimitViolation;
import pm.api.ResourceUsage;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.WindowsException;
import pm.backend.windows.process.JobWatch;
import pm.backend.windows.process.PortLoop;
import pm.spi.BackendException;

/** A job and its leader: whether it runs, how it ended, and whether anything lives. Safe for use by any thread. */
final class JobTree implements JobWatch.Listener {
    private final Job job;
    private final PortLoop exits;
    private final Members members;
    private final Suspension suspension;
    private final Account account;
    private final LimitNews news;
    private final JobWatch watch;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    /** Set once, by start. */
    private volatile HeldProcess leader;

    private volatile boolean closed;
    private volatile ResourceUsage lastUsage = ResourceUsage.NONE;

    /** Makes an empty one. */
    JobTree(Tools tools, Consumer<LimitViolation> violated) throws WindowsException {
        this.job = Job.create();
        this.exits = tools.exits();
        this.members = new Members(job, tools.system());
        this.suspension = new Suspension(members);
        this.account = tools.jobsCount() ? new JobAccount(job, members) : new SummedAccount(job, members);
        this.news = new LimitNews(violated);
        try {
            this.watch = JobWatch.of(job, exits, this);
        } catch (WindowsException refused) {
            job.close();
            throw refused;
        }
    }

    Job job() {
        return job;
    }

    Suspension suspension() {
        return suspension;
    }

    Members members() {
        return members;
    }

    List<LimitViolation> violations() {
        return news.met();
    }

    CompletableFuture<ExitStatus> exit() {
        return exit;
    }

    CompletableFuture<Void> empty() {
        return empty;
    }

    /** Somebody runs inside. */
    void isLedBy(HeldProcess process) {
        leader = process;
        watch.look();
    }

    /** Empty before the start, and after it was closed. */
    Optional<HeldProcess> leader() {
        return closed ? Optional.empty() : Optional.ofNullable(leader);
    }

    @Override
    public void told(int message, int pid) {
        account.told(message, pid);
        news.told(message, pid);
    }

    @Override
    public boolean look() {
        HeldProcess process = leader;
        if (process == null) {
            return false;
        }
        try {
            if (!exit.isDone() && process.hasEnded()) {
                exit.complete(new ExitStatus.Exited(process.exitCode()));
            }
            if (!exit.isDone() || job.activeProcesses() > 0) {
                return false;
            }
            empty.complete(null);
        } catch (WindowsException lost) {
            // Also when it was closed at this moment: then both were completed.
            exit.complete(new ExitStatus.Unknown(lost.getMessage()));
            empty.completeExceptionally(new BackendException(
                    "Could not tell whether a job is empty: " + lost.getMessage() + ", close the manager", lost));
        }
        return true;
    }

    /** Nothing lives inside, and the leader is gone for everybody. */
    boolean isEmpty() throws WindowsException {
        HeldProcess process = leader;
        return closed
                || process == null
                || (empty.isDone() && !empty.isCompletedExceptionally())
                || (job.activeProcesses() == 0 && process.hasEnded());
    }

    ResourceUsage usage() throws WindowsException {
        // Nothing was used before there was a leader.
        if (!closed && leader != null) {
            lastUsage = account.usage();
        }
        return lastUsage;
    }

    /** Lets go of an empty tree. Idempotent. */
    synchronized void close() throws WindowsException {
        if (closed) {
            return;
        }
        usage();
        ExitStatus status = leader == null ? null : new ExitStatus.Exited(leader.exitCode());
        release();
        exits.execute(() -> {
            if (status != null) {
                exit.complete(status);
            }
            empty.complete(null);
        });
    }

    /** Lets go of it, with whatever lives inside: the job ends that. Idempotent. */
    synchronized void release() {
        closed = true;
        watch.close();
        suspension.close();
        account.close();
        job.close();
        if (leader != null) {
            leader.close();
        }
    }
}
