package pm.backend.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One operation at a time on our end of a pipe, that may take long. What it needs in memory stays until Windows has let go of it. Used with
 * the lock of its pipe held.
 */
final class Overlapped implements AutoCloseable {
    /** OVERLAPPED (minwinbase.h). */
    static final int SIZE = 32;

    /** An operation on a pipe that was taken back is over at once; a system that does not say so must not hold up everybody else. */
    private static final int PATIENCE_MILLIS = 2000;

    /** What Windows may still write to. */
    private static final Queue<Memory> NEVER_FREED = new ConcurrentLinkedQueue<>();

    private final Memory memory = new Memory(SIZE);
    private boolean pending;

    /** ReadFile or WriteFile. */
    interface Operation {
        int run(int[] moved, long overlapped);
    }

    /**
     * Begins an operation; a completion packet comes only if it is pending then.
     *
     * @return bytes moved; -1 when it is pending
     */
    int begin(Operation operation, String call) throws WindowsException {
        memory.clear();
        int[] moved = new int[1];
        if (operation.run(moved, Pointer.nativeValue(memory)) != 0) {
            return moved[0];
        }
        int error = Native.getLastError();
        if (error != WindowsError.IO_PENDING) {
            throw new WindowsException(call, error);
        }
        pending = true;
        return -1;
    }

    boolean isPending() {
        return pending;
    }

    /** Its packet came. */
    void completed() {
        pending = false;
    }

    /** Takes a pending operation back, and returns when it is over: then nothing is pending any more. */
    void cancel(long pipe) {
        if (pending) {
            Kernel32.CancelIoEx(pipe, Pointer.nativeValue(memory));
            int over =
                    Kernel32.GetOverlappedResultEx(pipe, Pointer.nativeValue(memory), new int[1], PATIENCE_MILLIS, 0);
            pending = over == 0 && Native.getLastError() == WindowsError.WAIT_TIMEOUT;
        }
    }

    /** Frees memory that the operation uses, too; while it is pending that is never done. */
    void free(Memory used) {
        if (pending) {
            NEVER_FREED.add(used);
        } else {
            used.close();
        }
    }

    @Override
    public void close() {
        free(memory);
    }
}
