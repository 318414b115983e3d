package pm.core.output;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import pm.api.Stdio;

/**
 * Gives lines to the caller's consumer on the caller's executor. Full while the consumer has lines in hand: no more than one read's worth is
 * ever kept. A consumer that throws gets no more lines; the output is read and dropped from then on, so that the child can go on.
 */
final class LineDelivery implements Sink {
    private final Stdio.Lines target;
    private final LineSplitter splitter;
    private final Consumer<String> warnings;
    private final Runnable whenTaken;
    private volatile boolean delivering;
    private volatile boolean broken;
    private final AtomicLong progress = new AtomicLong();

    /**
     * For one output.
     *
     * @param warnings told once when the consumer fails
     * @param whenTaken called on the executor when the lines in hand are done
     */
    LineDelivery(Stdio.Lines target, Consumer<String> warnings, Runnable whenTaken) {
        this.target = target;
        this.splitter = new LineSplitter(target.charset());
        this.warnings = warnings;
        this.whenTaken = whenTaken;
    }

    @Override
    public void accept(ByteBuffer bytes) {
        if (broken) {
            bytes.position(bytes.limit());
            return;
        }
        List<String> lines = new ArrayList<>();
        try {
            splitter.accept(bytes, lines::add);
        } catch (OutOfMemoryError full) {
            giveUp("Could not deliver lines: the heap is full, see -Xmx; the rest of the output is dropped");
            return;
        }
        if (!lines.isEmpty()) {
            deliver(lines, whenTaken);
        }
    }

    @Override
    public boolean isFull() {
        return delivering;
    }

    @Override
    public long progress() {
        return progress.get();
    }

    @Override
    public void end(Runnable whenAllTaken) {
        List<String> lines = new ArrayList<>();
        if (!broken) {
            splitter.end(lines::add);
        }
        if (lines.isEmpty()) {
            whenAllTaken.run();
        } else {
            deliver(lines, whenAllTaken);
        }
    }

    private void deliver(List<String> lines, Runnable next) {
        delivering = true;
        try {
            target.executor().execute(() -> {
                consume(lines);
                delivering = false;
                next.run();
            });
        } catch (RejectedExecutionException e) {
            giveUp("Could not deliver lines: the executor refused the task (" + e.getMessage()
                    + "); the rest of the output is dropped");
            delivering = false;
            next.run();
        }
    }

    private void consume(List<String> lines) {
        try {
            for (String line : lines) {
                target.consumer().accept(line);
                progress.incrementAndGet();
            }
        } catch (RuntimeException | Error e) {
            giveUp("Could not deliver a line: the consumer threw " + e + "; the rest of the output is dropped");
        }
    }

    private void giveUp(String message) {
        broken = true;
        warnings.accept(message);
    }
}
