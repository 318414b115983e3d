package pm.backend.windows.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import pm.backend.windows.kernel.Handle;
import pm.backend.windows.kernel.NearPipe;
import pm.backend.windows.kernel.WindowsException;
import pm.spi.PipeReader;

/** Our end of a child's output. */
final class ReadEnd extends PipeEnd implements PipeReader {
    ReadEnd(Handle handle, PortLoop loop) throws WindowsException {
        super(handle, loop);
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        return transfer(pipe -> pipe.read(buffer));
    }

    /** A packet that is still to come, for somebody who has closed in the meantime or read without waiting for it, is as good as any. */
    @Override
    boolean isReady(NearPipe open) {
        return !open.isPending() && !open.awaitBytes();
    }

    @Override
    boolean endsWhenThrough() {
        return false;
    }
}
