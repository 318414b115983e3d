package pm.backend.windows.process;

import java.time.Duration;
import pm.backend.windows.kernel.CompletionPort;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.WindowsException;

/**
 * Has a job looked at whenever something happened in it, and now and then besides: messages of jobs can be lost ("Job Objects", on
 * completion ports), and that of an exit comes a moment before the process is gone. Looks are on the loop's thread only.
 */
public final class JobWatch implements PortLoop.Handler, AutoCloseable {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration NOW_AND_THEN = Duration.ofMillis(250);

    private final PortLoop loop;
    private final Listener listener;
    private final long key;
    /** Counts the reasons to look soon: a series of looks ends when another begins. Used on the loop's thread. */
    private long series;

    private volatile boolean over;

    /** Who looks. */
    public interface Listener {
        /** A message of the job (winnt.h, JOB_OBJECT_MSG_…); {@code pid} is 0 when it is about none. */
        void told(int message, int pid);

        /**
         * Looks at the job.
         *
         * @return whether everything has been seen, and nothing more can come
         */
        boolean look();
    }

    private JobWatch(PortLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
        this.key = loop.add(this);
    }

    /** Begins to hear of a job in which nothing is yet. */
    public static JobWatch of(Job job, PortLoop loop, Listener listener) throws WindowsException {
        JobWatch watch = new JobWatch(loop, listener);
        try {
            job.tell(loop.port(), watch.key);
            return watch;
        } catch (WindowsException refused) {
            watch.close();
            throw refused;
        }
    }

    /** Something was started inside, or something else is to be seen soon. */
    public void look() {
        loop.execute(this::lookSoon);
    }

    @Override
    public void came(CompletionPort.Packet packet) {
        listener.told(packet.number(), (int) packet.value());
        lookSoon();
    }

    private void lookSoon() {
        series++;
        look(series, SOON);
    }

    private void look(long mySeries, Duration next) {
        if (over || mySeries != series) {
            return;
        }
        if (listener.look()) {
            close();
            return;
        }
        Duration doubled = next.multipliedBy(2);
        Duration then = doubled.compareTo(NOW_AND_THEN) < 0 ? doubled : NOW_AND_THEN;
        loop.after(next, () -> look(mySeries, then));
    }

    /** Ends it. Idempotent. */
    @Override
    public void close() {
        over = true;
        loop.remove(key);
    }
}
