package pm.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import pm.spi.PipeWriter;

/** Gives a process its input as a caller that waits would. */
final class Input {
    private Input() {}

    /** Writes all, and leaves the pipe open. */
    static void write(PipeWriter writer, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (writer.write(buffer) == 0) {
                CompletableFuture<Void> ready = new CompletableFuture<>();
                writer.whenReady(() -> ready.complete(null));
                Patience.get(ready, "that a pipe takes more");
            }
        }
    }
}
