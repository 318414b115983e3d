package pm.backend.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import pm.spi.NativeProcess;
import pm.spi.PipeReader;

/** Collects what a process prints, by the pump's callbacks. */
final class Output {
    private final PipeReader reader;
    private final Predicate<String> enough;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<String> done = new CompletableFuture<>();

    private Output(PipeReader reader, Predicate<String> enough) {
        this.reader = reader;
        this.enough = enough;
    }

    /** Everything, to the end. */
    static String all(NativeProcess process) throws Exception {
        return read(process, text -> false);
    }

    /** The first line. */
    static String line(NativeProcess process) throws Exception {
        return lines(process, 1);
    }

    /** So many lines. */
    static String lines(NativeProcess process, int count) throws Exception {
        return read(process, text -> text.lines().count() >= count && text.endsWith("\n"))
                .strip();
    }

    private static String read(NativeProcess process, Predicate<String> enough) throws Exception {
        Output output = new Output(process.stdout().orElseThrow(), enough);
        output.reader.whenReady(output::take);
        return output.done.get(60, TimeUnit.SECONDS);
    }

    private void take() {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            int count = reader.read(buffer);
            text.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
            if (count < 0 || enough.test(text.toString())) {
                done.complete(text.toString());
            } else {
                reader.whenReady(this::take);
            }
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
    }
}
