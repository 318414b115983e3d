package pm.backend.windows.stop;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.WindowsException;
import pm.backend.windows.process.JobWatch;
import pm.backend.windows.process.PortLoop;

/** One helper at work. Whatever hangs is ended after a while. Safe for use by any thread. */
final class HelperRun implements JobWatch.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int HUNG = 1460;

    private final Job job;
    private final Consumer<HelperRun> gone;
    private final IntConsumer ended;
    private HeldProcess process;
    private JobWatch watch;
    private boolean over;

    /** Starts a process. */
    interface Start {
        HeldProcess run() throws WindowsException;
    }

    HelperRun(Job job, Consumer<HelperRun> gone, IntConsumer ended) {
        this.job = job;
        this.gone = gone;
        this.ended = ended;
    }

    /** Holds the lock that {@link #look} takes, so that the process is known when its end is heard. */
    synchronized void run(Start start, PortLoop exits) throws WindowsException {
        try {
            watch = JobWatch.of(job, exits, this);
            process = start.run();
        } catch (WindowsException refused) {
            close();
            throw refused;
        }
        watch.look();
        exits.after(PATIENCE, this::giveUp);
    }

    synchronized Optional<Long> pid() {
        return process == null || over ? Optional.empty() : Optional.of((long) process.pid());
    }

    @Override
    public void told(int message, int pid) {
        // Its end is all that matters.
    }

    @Override
    public boolean look() {
        int code;
        synchronized (this) {
            if (over) {
                return true;
            }
            try {
                if (process == null || !process.hasEnded()) {
                    return false;
                }
                code = process.exitCode();
            } catch (WindowsException lost) {
                code = lost.error();
            }
            close();
        }
        ended.accept(code);
        return true;
    }

    private synchronized void giveUp() {
        if (!over) {
            try {
                job.terminate(HUNG);
            } catch (WindowsException refused) {
                close();
            }
        }
    }

    /** With the process, if it runs. Idempotent. */
    @Override
    public synchronized void close() {
        if (!over) {
            over = true;
            gone.accept(this);
            if (watch != null) {
                watch.close();
            }
            job.close();
            if (process != null) {
                process.close();
            }
        }
    }
}
