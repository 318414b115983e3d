package pm.backend.posix.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import pm.backend.posix.events.Poller.Interest;
import pm.backend.posix.libc.Descriptors;
import pm.spi.PipeReader;

/** Our end of a child's output. */
final class ReadEnd implements PipeReader {
    private final PipeEnd end;

    ReadEnd(PipeEnd end) {
        this.end = end;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        return end.transfer(descriptor -> Descriptors.read(descriptor, buffer));
    }

    @Override
    public void whenReady(Runnable callback) {
        end.whenReady(Interest.READABLE, callback);
    }

    @Override
    public void close() {
        end.close();
    }
}
