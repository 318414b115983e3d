package pm.backend.windows.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Both ends of a pipe. Anonymous pipes know no overlapped I/O, so it is a named one that nobody else can connect to: it has one instance,
 * which we made ourselves and connect to at once, and no remote clients.
 *
 * @param near ours, for overlapped I/O
 * @param far the child's, for I/O that waits, as programs expect of their standard streams
 */
public record PipePair(Handle near, Handle far) {
    /** winbase.h. */
    private static final int ACCESS_INBOUND = 1;

    private static final int ACCESS_OUTBOUND = 2;
    private static final int OVERLAPPED = 0x40000000;
    private static final int FIRST_INSTANCE = 0x80000;
    private static final int REJECT_REMOTE_CLIENTS = 8;
    private static final int BUFFER_BYTES = 65_536;

    private static final int GENERIC_READ = 0x80000000;
    private static final int GENERIC_WRITE = 0x40000000;
    private static final int READ_ATTRIBUTES = 0x80;
    private static final int WRITE_ATTRIBUTES = 0x100;
    private static final int ALONE = 0;
    private static final int OPEN_EXISTING = 3;

    private static final AtomicLong NUMBERS = new AtomicLong();
    /** So that other programs cannot have made the name before us: then we fail. It protects nothing else. */
    private static final String PREFIX = "\\\\.\\pipe\\pm."
            + ProcessHandle.current().pid() + "." + Long.toHexString(new SplittableRandom().nextLong()) + ".";

    /** A pipe that a child writes to. */
    public static PipePair toRead() throws WindowsException {
        return make(ACCESS_INBOUND, GENERIC_WRITE | READ_ATTRIBUTES);
    }

    /** A pipe that a child reads from. */
    public static PipePair toWrite() throws WindowsException {
        return make(ACCESS_OUTBOUND, GENERIC_READ | WRITE_ATTRIBUTES);
    }

    private static PipePair make(int direction, int farAccess) throws WindowsException {
        String name = PREFIX + NUMBERS.incrementAndGet();
        Handle near = Handle.of(
                Kernel32.CreateNamedPipeW(
                        WideText.terminated(name),
                        direction | OVERLAPPED | FIRST_INSTANCE,
                        REJECT_REMOTE_CLIENTS,
                        1,
                        BUFFER_BYTES,
                        BUFFER_BYTES,
                        0,
                        0),
                "CreateNamedPipeW " + name);
        try {
            return new PipePair(near, OpenFiles.open(name, farAccess, ALONE, OPEN_EXISTING, 0));
        } catch (WindowsException refused) {
            near.close();
            throw refused;
        }
    }
}
