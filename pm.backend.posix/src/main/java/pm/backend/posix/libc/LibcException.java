package pm.backend.posix.libc;

import java.util.Locale;

/** A call that the operating system refused. */
public class LibcException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * A call that just failed.
     *
     * @param call the call and what it was about, for instance {@code open /x}
     * @param errno what the system said
     */
    public LibcException(String call, int errno) {
        super(call + ": " + Libc.message(errno).toLowerCase(Locale.ROOT) + " (errno " + errno + ")");
        this.errno = errno;
    }

    /** With a reason in the system's own terms. */
    protected LibcException(String call, String reason, int errno) {
        super(call + ": " + reason);
        this.errno = errno;
    }

    /** What the system said. */
    public int errno() {
        return errno;
    }
}
