package pm.api;

/** No backend can be used. The message names each candidate and why it was refused. Safe for use by any thread. */
public class NoBackendException extends ProcessManagerException {
    private static final long serialVersionUID = 1L;

    /** With message and context. */
    public NoBackendException(String message, ErrorContext context) {
        super(message, context);
    }

    /** With message, context and what was behind it. */
    public NoBackendException(String message, ErrorContext context, Throwable cause) {
        super(message, context, cause);
    }
}
