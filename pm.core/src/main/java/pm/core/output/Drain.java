package pm.core.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import pm.api.CapturedOutput;
import pm.spi.PipeReader;

/** Reads a pipe as its bytes come and gives them to a sink. Safe for use by any thread: whoever comes first reads for all. */
final class Drain implements OutputEnd {
    /** Reads in a row before other pipes of the pump have their turn. */
    private static final int TURN = 4;
    /**
     * What a pipe holds at most, without privileges (/proc/sys/fs/pipe-max-size, pipe(7)). More than that cannot be from the tree once it
     * is gone: somebody outside writes to its pipe.
     */
    private static final long PIPE_CAPACITY = 1024 * 1024;

    private final PipeReader pipe;
    private final Sink sink;
    private final Activity activity;
    private final Buffers buffers;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean armed = new AtomicBoolean();
    private final CompletableFuture<Void> taken = new CompletableFuture<>();
    /** Made once, so that arming needs no memory. */
    private final Runnable ready = this::ready;

    private volatile boolean treeGone;
    private volatile boolean ended;
    private long readSinceGone;

    Drain(PipeReader pipe, Sink sink, Activity activity, Buffers buffers) {
        this.pipe = pipe;
        this.sink = sink;
        this.activity = activity;
        this.buffers = buffers;
    }

    /** Reads what is there, and what comes. */
    void go() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                turn();
            } catch (RuntimeException | Error failed) {
                // For want of memory, mostly. Whoever called, the pump or the conclusion, calls again.
                calls.set(0);
                throw failed;
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Begins, on the pump's thread, when there is something to read. */
    void arm() {
        if (armed.compareAndSet(false, true)) {
            try {
                pipe.whenReady(ready);
            } catch (RuntimeException | Error refused) {
                armed.set(false);
                throw refused;
            }
        }
    }

    private void ready() {
        armed.set(false);
        go();
    }

    private void turn() {
        ByteBuffer buffer = buffers.take();
        try {
            for (int reads = 0; !ended && !sink.isFull(); reads++) {
                // Asked before the read: what was written before the end of the tree is then seen by the read.
                boolean last = treeGone;
                if (reads == TURN && !last) {
                    arm();
                    return;
                }
                int count = read(buffer.clear());
                if (count < 0 || (last && (count == 0 || readSinceGone > PIPE_CAPACITY))) {
                    finish();
                } else if (count == 0) {
                    arm();
                    return;
                } else {
                    readSinceGone += last ? count : 0;
                    activity.mark();
                    sink.accept(buffer.flip());
                }
            }
        } finally {
            buffers.giveBack(buffer);
        }
    }

    private int read(ByteBuffer buffer) {
        try {
            return pipe.read(buffer);
        } catch (IOException e) {
            // Closed by us, or lost: in both cases nothing more comes.
            return -1;
        }
    }

    private void finish() {
        ended = true;
        pipe.close();
        sink.end(() -> taken.complete(null));
    }

    @Override
    public boolean isBehind() {
        return sink.isFull();
    }

    @Override
    public CompletableFuture<Void> treeGone() {
        treeGone = true;
        go();
        return taken;
    }

    /** How much the sink passed on. */
    long progress() {
        return sink.progress();
    }

    @Override
    public Optional<CapturedOutput> captured() {
        return sink.captured();
    }

    @Override
    public boolean isOpen() {
        return !ended;
    }

    @Override
    public void close() {
        pipe.close();
        treeGone = true;
        go();
    }
}
