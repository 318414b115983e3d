package pm.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** Our end of a pipe that a child writes to. Reads never block. One reader at a time; {@link #close()} from any thread. */
@ProviderType
public interface PipeReader extends Closeable {
    /**
     * Reads what is there.
     *
     * @param buffer filled from its position on
     * @return how many bytes; 0 when nothing is there now; -1 when nobody can write any more
     * @throws IOException when it is closed or the system refuses
     */
    int read(ByteBuffer buffer) throws IOException;

    /**
     * Calls back once, on the output pump's thread, when bytes or the end are there, or when it is closed. At most one call at a time is
     * outstanding. The callback must not block.
     */
    void whenReady(Runnable callback);

    /** Closes it: a child that goes on writing gets SIGPIPE. Idempotent. */
    @Override
    void close();
}
