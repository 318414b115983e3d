package pm.backend.windows.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import pm.backend.windows.kernel.Handle;
import pm.backend.windows.kernel.NearPipe;
import pm.backend.windows.kernel.WindowsException;
import pm.spi.PipeWriter;

/** Our end of a child's input. What was taken before it is closed still arrives, if the child reads it. */
final class WriteEnd extends PipeEnd implements PipeWriter {
    WriteEnd(Handle handle, PortLoop loop) throws WindowsException {
        super(handle, loop);
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return transfer(pipe -> pipe.write(buffer));
    }

    @Override
    boolean isReady(NearPipe open) {
        return !open.isPending();
    }

    @Override
    boolean endsWhenThrough() {
        return true;
    }
}
