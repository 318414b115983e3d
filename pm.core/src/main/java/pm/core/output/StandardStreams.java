package pm.core.output;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import pm.api.CapturedOutput;
import pm.api.ProcessSpec;
import pm.api.Stdio;
import pm.spi.NativeProcess;
import pm.spi.PipeReader;

/** The three standard streams of one process, as its specification wants them. Safe for use by any thread. */
public final class StandardStreams {
    /** Who is told what happens to the streams. Called on the pump's or the caller's threads; must return at once. */
    public interface Observer {
        /** Something went wrong, and the work goes on. */
        void warned(String message);

        /** A capture that fails on overflow has passed its bound. */
        void overflowed();
    }

    private final Observer observer;
    private final Buffers buffers;
    private final Activity activity = new Activity();
    private final List<Runnable> starts = new ArrayList<>();
    private final InputSide input;
    private final Optional<OutputEnd> out;
    private final Optional<OutputEnd> err;

    /** For a process that was just started; nothing is read or written before {@link #start()}. */
    public StandardStreams(ProcessSpec spec, NativeProcess process, Buffers buffers, Observer observer) {
        this.observer = observer;
        this.buffers = buffers;
        boolean watched = spec.idleTimeout().isPresent();
        input = new InputSide(spec.stdin(), process.stdin(), observer::warned);
        out = process.stdout().map(pipe -> end(spec.stdout(), pipe, watched));
        err = process.stderr().map(pipe -> end(spec.stderr(), pipe, watched));
    }

    /** Whether what a process writes there can be seen by pm. */
    public static boolean passThrough(Stdio.Output output) {
        return output instanceof Stdio.Pipe || output instanceof Stdio.Capture || output instanceof Stdio.Lines;
    }

    private OutputEnd end(Stdio.Output target, PipeReader pipe, boolean watched) {
        if (target instanceof Stdio.Capture capture) {
            return drain(pipe, new BoundedCapture(capture, new CaptureEvents()));
        }
        if (target instanceof Stdio.Lines lines) {
            DeferredGo go = new DeferredGo();
            Drain drain = drain(pipe, new LineDelivery(lines, observer::warned, go));
            go.drain = drain;
            return drain;
        }
        PipeInputStream stream = new PipeInputStream(pipe, activity);
        if (watched) {
            starts.add(stream::watch);
        }
        return stream;
    }

    private final class CaptureEvents implements BoundedCapture.Observer {
        @Override
        public void overflowed() {
            observer.overflowed();
        }

        @Override
        public void heapFull() {
            observer.warned("Could not keep all output that was to be captured: the heap is full, see -Xmx;"
                    + " what was written in all is in the result's total");
        }
    }

    private Drain drain(PipeReader pipe, Sink sink) {
        Drain drain = new Drain(pipe, sink, activity, buffers);
        starts.add(drain::arm);
        return drain;
    }

    /** Breaks the circle between a drain and its sink. */
    private static final class DeferredGo implements Runnable {
        private Drain drain;

        @Override
        public void run() {
            drain.go();
        }
    }

    /** Begins to read and write. Called once. */
    public void start() {
        input.start();
        starts.forEach(Runnable::run);
    }

    /** The caller's end of standard input, or a closed stream. */
    public OutputStream stdin() {
        return input.stream();
    }

    /** The caller's end of standard output, or a stream at its end. */
    public InputStream stdout() {
        return stream(out);
    }

    /** The caller's end of standard error, or a stream at its end. */
    public InputStream stderr() {
        return stream(err);
    }

    private static InputStream stream(Optional<OutputEnd> end) {
        return end.isPresent() && end.get() instanceof PipeInputStream stream ? stream : InputStream.nullInputStream();
    }

    /** When the child was last seen to write, as {@link System#nanoTime()}; now, while it may be waiting for us. */
    public long lastActivity() {
        boolean behind = out.map(OutputEnd::isBehind).orElse(false)
                || err.map(OutputEnd::isBehind).orElse(false);
        return behind ? System.nanoTime() : activity.last();
    }

    /**
     * Nothing of the tree lives any more. Captures take what is readable and are closed; pipe streams stay readable until their end.
     *
     * @return completes when captures are complete and line consumers have taken everything
     */
    public CompletableFuture<Void> treeGone() {
        input.treeGone();
        return CompletableFuture.allOf(
                out.map(OutputEnd::treeGone).orElse(CompletableFuture.completedFuture(null)),
                err.map(OutputEnd::treeGone).orElse(CompletableFuture.completedFuture(null)));
    }

    /** How many lines consumers have taken: tells a slow one from one that hangs. */
    public long progress() {
        return progress(out) + progress(err);
    }

    private static long progress(Optional<OutputEnd> end) {
        return end.isPresent() && end.get() instanceof Drain drain ? drain.progress() : 0;
    }

    /** What was captured of standard output; complete after {@link #treeGone()}. */
    public Optional<CapturedOutput> capturedStdout() {
        return out.flatMap(OutputEnd::captured);
    }

    /** What was captured of standard error; complete after {@link #treeGone()}. */
    public Optional<CapturedOutput> capturedStderr() {
        return err.flatMap(OutputEnd::captured);
    }

    /** Whether a pipe stream of the caller's still holds a descriptor. */
    public boolean isOpen() {
        return out.map(OutputEnd::isOpen).orElse(false)
                || err.map(OutputEnd::isOpen).orElse(false);
    }

    /** Closes every stream. Idempotent. */
    public void close() {
        input.treeGone();
        out.ifPresent(OutputEnd::close);
        err.ifPresent(OutputEnd::close);
    }
}
