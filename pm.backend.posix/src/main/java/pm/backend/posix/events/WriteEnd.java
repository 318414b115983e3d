package pm.backend.posix.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import pm.backend.posix.events.Poller.Interest;
import pm.backend.posix.libc.Descriptors;
import pm.spi.PipeWriter;

/** Our end of a child's input. */
final class WriteEnd implements PipeWriter {
    private final PipeEnd end;

    WriteEnd(PipeEnd end) {
        this.end = end;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return end.transfer(descriptor -> Descriptors.write(descriptor, buffer));
    }

    @Override
    public void whenReady(Runnable callback) {
        end.whenReady(Interest.WRITABLE, callback);
    }

    @Override
    public void close() {
        end.close();
    }
}
