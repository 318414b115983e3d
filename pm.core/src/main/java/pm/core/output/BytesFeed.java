package pm.core.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import pm.spi.PipeWriter;

/** Writes bytes to a child as it takes them, on the pump's thread, then closes its input. A child that reads no further is no error. */
final class BytesFeed {
    private final PipeWriter pipe;
    private final ByteBuffer bytes;

    BytesFeed(PipeWriter pipe, byte[] bytes) {
        this.pipe = pipe;
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Writes what fits; goes on by itself. */
    void go() {
        try {
            while (bytes.hasRemaining()) {
                if (pipe.write(bytes) == 0) {
                    pipe.whenReady(this::go);
                    return;
                }
            }
        } catch (IOException e) {
            // Nobody reads any more, or it was closed at the end of the tree.
            bytes.position(bytes.limit());
        }
        pipe.close();
    }
}
