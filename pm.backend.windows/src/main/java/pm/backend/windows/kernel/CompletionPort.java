package pm.backend.windows.kernel;

import com.sun.jna.Native;
import java.util.Optional;

/** An I/O completion port. Any thread posts; one thread waits. */
public final class CompletionPort implements AutoCloseable {
    private static final long NO_FILE = -1;
    private static final int ONE_THREAD = 1;
    private static final int INFINITE = -1;

    private final Handle handle;
    private final int[] bytes = new int[1];
    private final long[] key = new long[1];
    private final long[] overlapped = new long[1];

    /**
     * What came.
     *
     * @param key of the job or pipe it is about
     * @param number bytes moved, or a job's message
     * @param value address of the OVERLAPPED, or what the message is about: mostly a pid
     * @param error 0 when it went well
     */
    public record Packet(long key, int number, long value, int error) {}

    /** Makes one. */
    public CompletionPort() throws WindowsException {
        handle = Handle.of(Kernel32.CreateIoCompletionPort(NO_FILE, 0, 0, ONE_THREAD), "CreateIoCompletionPort");
    }

    /** From now on what happens to a file is told here. */
    void attach(long file, long fileKey) throws WindowsException {
        handle.use(port -> {
            long same = Kernel32.CreateIoCompletionPort(file, port, fileKey, 0);
            Handle.checked(same == port ? 1 : 0, "CreateIoCompletionPort");
            return port;
        });
    }

    Handle handle() {
        return handle;
    }

    /** Something for whoever waits. */
    public void post(long packetKey) throws WindowsException {
        handle.use(port -> {
            Handle.checked(Kernel32.PostQueuedCompletionStatus(port, 0, packetKey, 0), "PostQueuedCompletionStatus");
            return null;
        });
    }

    /**
     * Waits.
     *
     * @param milliseconds at most, -1 without end
     * @return empty when nothing came
     */
    public Optional<Packet> await(int milliseconds) throws WindowsException {
        // Only the thread that waits closes it, so it is open.
        int result = Kernel32.GetQueuedCompletionStatus(
                handle.value(), bytes, key, overlapped, milliseconds < 0 ? INFINITE : milliseconds);
        if (result != 0) {
            return Optional.of(new Packet(key[0], bytes[0], overlapped[0], 0));
        }
        int error = Native.getLastError();
        if (overlapped[0] != 0) {
            return Optional.of(new Packet(key[0], bytes[0], overlapped[0], error));
        }
        if (error == WindowsError.WAIT_TIMEOUT) {
            return Optional.empty();
        }
        throw new WindowsException("GetQueuedCompletionStatus", error);
    }

    /** By the thread that waits. Idempotent. */
    @Override
    public void close() {
        handle.close();
    }
}
