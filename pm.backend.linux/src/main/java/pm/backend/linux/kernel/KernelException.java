package pm.backend.linux.kernel;

import java.util.Locale;
import pm.backend.posix.libc.Libc;
import pm.backend.posix.libc.LibcException;

/** A system call that was refused. Its message reads {@code open /x: no such file or directory (ENOENT)}. */
public final class KernelException extends LibcException {
    private static final long serialVersionUID = 1L;

    /**
     * A call that failed.
     *
     * @param call the call and what it was about, for instance {@code open /x}
     * @param errno what the kernel said
     */
    public KernelException(String call, int errno) {
        super(call, reason(errno), errno);
    }

    /** The kernel's words and the name for an errno. */
    public static String reason(int errno) {
        return Libc.message(errno).toLowerCase(Locale.ROOT) + " (" + Errno.name(errno) + ")";
    }
}
