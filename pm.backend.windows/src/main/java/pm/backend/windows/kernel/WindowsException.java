package pm.backend.windows.kernel;

import pm.spi.BackendException;

/** A call that Windows refused. Its message reads {@code CreateFileW C:\x: access denied (ERROR_ACCESS_DENIED, 5)}. */
public final class WindowsException extends BackendException {
    private static final long serialVersionUID = 1L;

    private final int error;

    /**
     * A call that failed.
     *
     * @param call the call and what it was about
     * @param error what GetLastError said
     */
    public WindowsException(String call, int error) {
        super(call + ": " + WindowsError.reason(error));
        this.error = error;
    }

    /** What GetLastError said: see {@link WindowsError}. */
    public int error() {
        return error;
    }
}
