package pm.backend.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * Our end of a pipe, attached to a completion port. Nothing here waits. Not safe for use by several threads: whoever has it holds a lock.
 */
public final class NearPipe implements AutoCloseable {
    /** FILE_SKIP_COMPLETION_PORT_ON_SUCCESS (winbase.h): what is done at once is not told of. */
    private static final byte SKIP_ON_SUCCESS = 1;

    private static final int WRITE_BYTES = 65_536;

    private final Handle handle;
    private final Overlapped waiting = new Overlapped();
    private Memory written;

    /**
     * Takes it over.
     *
     * @param key of packets about it
     */
    public NearPipe(Handle handle, CompletionPort port, long key) throws WindowsException {
        this.handle = handle;
        port.attach(handle.value(), key);
        Handle.checked(
                Kernel32.SetFileCompletionNotificationModes(handle.value(), SKIP_ON_SUCCESS),
                "SetFileCompletionNotificationModes");
    }

    /**
     * Reads what is there.
     *
     * @return how many bytes; 0 when nothing is there now; -1 when nobody can write any more
     */
    public int read(ByteBuffer buffer) throws WindowsException {
        int available = available();
        int count = Math.min(available, buffer.remaining());
        if (count <= 0) {
            return available < 0 ? -1 : 0;
        }
        if (buffer.isDirect()) {
            long address = Pointer.nativeValue(Native.getDirectBufferPointer(buffer)) + buffer.position();
            int read = readNow(address, count);
            buffer.position(buffer.position() + read);
            return read;
        }
        try (Memory memory = new Memory(count)) {
            int read = readNow(Pointer.nativeValue(memory), count);
            buffer.put(memory.getByteArray(0, read));
            return read;
        }
    }

    private int available() throws WindowsException {
        int[] available = new int[1];
        if (Kernel32.PeekNamedPipe(handle.value(), 0, 0, 0, available, 0) != 0) {
            return available[0];
        }
        int error = Native.getLastError();
        if (error == WindowsError.BROKEN_PIPE) {
            return -1;
        }
        throw new WindowsException("PeekNamedPipe", error);
    }

    /** What is there already is given at once; if Windows should want to wait all the same, it is not let. */
    private int readNow(long address, int count) throws WindowsException {
        try (Overlapped once = new Overlapped()) {
            int read = once.begin(
                    (moved, overlapped) -> Kernel32.ReadFile(handle.value(), address, count, moved, overlapped),
                    "ReadFile");
            once.cancel(handle.value());
            return Math.max(read, 0);
        }
    }

    /**
     * Asks for a packet when there is something to read, or nobody can write any more: a read of no bytes is done when there are some.
     *
     * @return false when that is so already: then none comes
     */
    public boolean awaitBytes() {
        try {
            return waiting.begin(
                            (moved, overlapped) -> Kernel32.ReadFile(handle.value(), 0, 0, moved, overlapped),
                            "ReadFile")
                    < 0;
        } catch (WindowsException ended) {
            return false;
        }
    }

    /**
     * Hands bytes to the pipe. When they do not fit they stay under way, until a packet says that they are through.
     *
     * @return how many were taken; 0 while others are under way
     */
    public int write(ByteBuffer buffer) throws WindowsException {
        int count = Math.min(buffer.remaining(), WRITE_BYTES);
        if (count == 0 || waiting.isPending()) {
            return 0;
        }
        if (written == null) {
            written = new Memory(WRITE_BYTES);
        }
        byte[] bytes = new byte[count];
        buffer.duplicate().get(bytes);
        written.write(0, bytes, 0, count);
        int moved = waiting.begin(
                (done, overlapped) ->
                        Kernel32.WriteFile(handle.value(), Pointer.nativeValue(written), count, done, overlapped),
                "WriteFile");
        int taken = moved < 0 ? count : moved;
        buffer.position(buffer.position() + taken);
        return taken;
    }

    /** Whether a packet is to come. */
    public boolean isPending() {
        return waiting.isPending();
    }

    /** The packet came. */
    public void completed() {
        waiting.completed();
    }

    /** Takes back what is under way. */
    public void cancel() {
        waiting.cancel(handle.value());
    }

    /** Once. */
    @Override
    public void close() {
        cancel();
        handle.close();
        waiting.close();
        if (written != null) {
            waiting.free(written);
        }
    }
}
