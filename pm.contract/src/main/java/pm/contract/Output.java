package pm.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import pm.spi.PipeReader;

/** Collects what a process prints as it comes, by the backend's callbacks. Safe for use by any thread. */
public final class Output {
    private static final int BUFFER_BYTES = 65536;

    private final PipeReader reader;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private Output(PipeReader reader) {
        this.reader = reader;
    }

    /** Begins to collect; nobody else may read. */
    public static Output of(PipeReader reader) {
        Output output = new Output(reader);
        reader.whenReady(output::take);
        return output;
    }

    private void take() {
        try {
            if (read() < 0) {
                reader.close();
                end.complete(null);
            } else {
                reader.whenReady(this::take);
            }
        } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private synchronized int read() throws IOException {
        int count = reader.read(buffer.clear());
        byte[] part = new byte[buffer.flip().remaining()];
        buffer.get(part);
        seen.writeBytes(part);
        return count;
    }

    /** Everything, once nobody can write any more. */
    public byte[] all() {
        Patience.get(end, "the end of the output");
        return soFar();
    }

    /** Everything as text, once nobody can write any more. */
    public String text() {
        return new String(all(), StandardCharsets.UTF_8);
    }

    /** So many lines, once they are there. */
    public List<String> lines(int count) {
        Patience.until(count + " lines of output", () -> completeLines().size() >= count);
        return completeLines();
    }

    private List<String> completeLines() {
        String text = new String(soFar(), StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Whether nobody can write any more. */
    public boolean hasEnded() {
        return end.isDone();
    }

    /** What came so far. */
    public synchronized byte[] soFar() {
        return seen.toByteArray();
    }

    /** How many bytes came so far. */
    public synchronized int size() {
        return seen.size();
    }
}
