package pm.core.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import pm.api.Stdio;

/** Copies a stream of the caller's to a child, as one blocking task on the caller's executor. */
final class StreamFeed {
    private static final int PIECE = 16 * 1024;

    private final Stdio.Source source;
    private final PipeOutputStream target;
    private final Consumer<String> warnings;

    StreamFeed(Stdio.Source source, PipeOutputStream target, Consumer<String> warnings) {
        this.source = source;
        this.target = target;
        this.warnings = warnings;
    }

    void go() {
        try {
            source.executor().execute(this::copy);
        } catch (RejectedExecutionException e) {
            warnings.accept("Could not feed standard input: the executor refused the task (" + e.getMessage() + ")");
            target.close();
        }
    }

    private void copy() {
        try (InputStream in = source.stream()) {
            byte[] piece = new byte[PIECE];
            int count = in.read(piece);
            while (count >= 0 && write(piece, count)) {
                count = in.read(piece);
            }
        } catch (IOException | RuntimeException e) {
            warnings.accept("Could not feed standard input: its stream failed with " + e);
        } finally {
            target.close();
        }
    }

    /** False when the child takes no more, which is no error: it need not read all of its input. */
    private boolean write(byte[] piece, int count) {
        try {
            target.write(piece, 0, count);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
