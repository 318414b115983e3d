package pm.backend.linux.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;

/** Pipes as a caller that waits would use them. */
public final class Piped {
    private Piped() {}

    /** All that comes, until the end. */
    public static String text(PipeReader reader) throws IOException, InterruptedException {
        return new String(bytes(reader), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(PipeReader reader) throws IOException, InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(10_000);
        while (true) {
            int count = reader.read(buffer.clear());
            if (count < 0) {
                reader.close();
                return all.toByteArray();
            }
            if (count == 0) {
                await(reader::whenReady);
            }
            byte[] part = new byte[count];
            buffer.flip().get(part);
            all.writeBytes(part);
        }
    }

    /** Writes all, then closes. */
    public static void write(PipeWriter writer, byte[] bytes) throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (writer.write(buffer) == 0) {
                await(writer::whenReady);
            }
        }
        writer.close();
    }

    private interface Waiting {
        void whenReady(Runnable callback);
    }

    private static void await(Waiting end) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(1);
        end.whenReady(ready::countDown);
        ready.await();
    }
}
