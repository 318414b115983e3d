package pm.tests.wine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The text that comes out of a stream, read on a thread of its own. */
final class Text {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;

    Text(InputStream stream) {
        reader = new Thread(() -> read(stream), "reader of a program under Wine");
        reader.start();
    }

    private void read(InputStream stream) {
        try (stream) {
            // Its writes are synchronized.
            stream.transferTo(bytes);
        } catch (IOException closed) {
            // What came is there.
            return;
        }
    }

    /** Windows ends lines in its own way. */
    String soFar() {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** Waits for the end. */
    String all() {
        try {
            reader.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (reader.isAlive()) {
            throw new AssertionError("somebody still writes; so far: " + soFar());
        }
        return soFar();
    }
}
