package pm.backend.linux.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import pm.backend.linux.kernel.Epoll;
import pm.backend.linux.kernel.Kernel;
import pm.spi.PipeReader;

/** Our end of a child's output. */
final class ReadEnd implements PipeReader {
    private final PipeEnd end;

    ReadEnd(PipeEnd end) {
        this.end = end;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        return end.transfer(descriptor -> Kernel.read(descriptor, buffer));
    }

    @Override
    public void whenReady(Runnable callback) {
        end.whenReady(Epoll.IN, callback);
    }

    @Override
    public void close() {
        end.close();
    }
}
