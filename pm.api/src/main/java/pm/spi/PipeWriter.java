package pm.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** Our end of a pipe that a child reads from. Writes never block. One writer at a time; {@link #close()} from any thread. */
@ProviderType
public interface PipeWriter extends Closeable {
    /**
     * Writes what fits.
     *
     * @param buffer emptied from its position on
     * @return how many bytes; 0 when nothing fits now
     * @throws IOException when nobody can read any more, it is closed, or the system refuses
     */
    int write(ByteBuffer buffer) throws IOException;

    /** Calls back once, on the output pump's thread, when a write can be tried again, or when it is closed. */
    void whenReady(Runnable callback);

    /** Closes it: the child reads the end. Idempotent. */
    @Override
    void close();
}
