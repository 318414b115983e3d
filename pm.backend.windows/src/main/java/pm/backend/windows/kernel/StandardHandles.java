package pm.backend.windows.kernel;

import com.sun.jna.Native;
import java.util.Optional;

/** The standard streams of this JVM. */
public final class StandardHandles {
    /** winbase.h: STD_INPUT_HANDLE is -10, the others follow downwards. */
    private static final int FIRST = -10;

    private static final int DUPLICATE_SAME_ACCESS = 2;
    private static final long INVALID = -1;

    private StandardHandles() {}

    /**
     * A handle of our own to the same.
     *
     * @param number 0, 1 or 2
     * @return empty when this JVM has no such stream
     */
    public static Optional<Handle> duplicate(int number) throws WindowsException {
        long standard = Kernel32.GetStdHandle(FIRST - number);
        if (standard == 0 || standard == INVALID) {
            return Optional.empty();
        }
        return duplicate(standard, 0, DUPLICATE_SAME_ACCESS);
    }

    private static Optional<Handle> duplicate(long handle, int access, int options) throws WindowsException {
        long[] duplicate = new long[1];
        long self = Kernel32.GetCurrentProcess();
        if (Kernel32.DuplicateHandle(self, handle, self, duplicate, access, 0, options) == 0) {
            int error = Native.getLastError();
            if (error == WindowsError.INVALID_HANDLE) {
                return Optional.empty();
            }
            throw new WindowsException("DuplicateHandle", error);
        }
        return Optional.of(Handle.of(duplicate[0], "DuplicateHandle"));
    }

    /** One more handle to a job, good for asking who is inside and for nothing else. It keeps the job open: close it soon. */
    public static Handle toAsk(Job job) throws WindowsException {
        int query = 0x4;
        return job.handle().use(handle -> duplicate(handle, query, 0).orElseThrow());
    }

    /** Whether one of these streams is a console. */
    public static boolean isConsole(int number) {
        long standard = Kernel32.GetStdHandle(FIRST - number);
        return standard != 0 && standard != INVALID && Kernel32.GetConsoleMode(standard, new int[1]) != 0;
    }
}
