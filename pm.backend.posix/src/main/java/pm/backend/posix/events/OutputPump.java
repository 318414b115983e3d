package pm.backend.posix.events;

import java.util.function.Consumer;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;

/** One thread that tells when pipes are ready, for all processes of a manager. Safe for use by any thread. */
public final class OutputPump implements AutoCloseable {
    private final EventLoop loop;

    private OutputPump(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Starts the thread {@code pm-<instance>-output}.
     *
     * @param poller closed with it
     * @param trouble hears what goes wrong on the thread
     */
    public static OutputPump start(String instanceId, Poller poller, Consumer<String> trouble) {
        return new OutputPump(new EventLoop("pm-" + instanceId + "-output", poller, trouble));
    }

    /** The end of a pipe that a child writes to; the descriptor is the reader's from now on. */
    public PipeReader reader(int descriptor) {
        return new ReadEnd(new PipeEnd(descriptor, loop));
    }

    /** The end of a pipe that a child reads from; the descriptor is the writer's from now on. */
    public PipeWriter writer(int descriptor) {
        return new WriteEnd(new PipeEnd(descriptor, loop));
    }

    /** Whether the thread runs. */
    public boolean isAlive() {
        return loop.isAlive();
    }

    /** Ends the thread and waits for it. Pipes that are open then are never ready again. Idempotent. */
    @Override
    public void close() {
        loop.close();
    }
}
