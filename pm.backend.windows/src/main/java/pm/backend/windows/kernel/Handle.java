package pm.backend.windows.kernel;

import com.sun.jna.Native;

/** A handle with one owner. Used only while it is open: after that its number may be another object's. Safe for use by any thread. */
public final class Handle implements AutoCloseable {
    private static final long INVALID = -1;
    private static final int INHERIT = 1;

    private final long value;
    private final String what;
    private boolean closed;

    /** A call with the handle; returns at once. */
    interface Call<T> {
        T with(long handle) throws WindowsException;
    }

    private Handle(long value, String what) {
        this.value = value;
        this.what = what;
    }

    /**
     * Of a call that returns one.
     *
     * @param value what it returned: 0 or -1 when it failed
     * @param call the call and what it was about
     */
    static Handle of(long value, String call) throws WindowsException {
        if (value == 0 || value == INVALID) {
            throw new WindowsException(call, Native.getLastError());
        }
        return new Handle(value, call);
    }

    /** Whether a function that says yes or no said yes. */
    static void checked(int result, String call) throws WindowsException {
        if (result == 0) {
            throw new WindowsException(call, Native.getLastError());
        }
    }

    synchronized <T> T use(Call<T> call) throws WindowsException {
        if (closed) {
            throw new WindowsException(what + " after close", WindowsError.INVALID_HANDLE);
        }
        return call.with(value);
    }

    /** For those who own it and know that it is open. */
    long value() {
        return value;
    }

    /** As text, for a process that inherits it: the number is the same there. */
    public String number() {
        return Long.toString(value);
    }

    /** From now on whoever starts a process and lists this handle, or lists none, hands it on. */
    void makeInheritable() throws WindowsException {
        use(handle -> {
            checked(Kernel32.SetHandleInformation(handle, INHERIT, INHERIT), "SetHandleInformation");
            return null;
        });
    }

    /** Idempotent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Kernel32.CloseHandle(value);
        }
    }
}
