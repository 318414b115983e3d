package pm.backend.linux.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import pm.backend.linux.kernel.Epoll;
import pm.backend.linux.kernel.Kernel;
import pm.spi.PipeWriter;

/** Our end of a child's input. */
final class WriteEnd implements PipeWriter {
    private final PipeEnd end;

    WriteEnd(PipeEnd end) {
        this.end = end;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return end.transfer(descriptor -> Kernel.write(descriptor, buffer));
    }

    @Override
    public void whenReady(Runnable callback) {
        end.whenReady(Epoll.OUT, callback);
    }

    @Override
    public void close() {
        end.close();
    }
}
