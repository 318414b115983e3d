package pm.api;

/**
 * The caller, or a backend, was compiled against a version of the API that this one does not serve. The message names both.
 * Safe for use by any thread.
 */
public class IncompatibleApiException extends ProcessManagerException {
    private static final long serialVersionUID = 1L;

    /** With message and context. */
    public IncompatibleApiException(String message, ErrorContext context) {
        super(message, context);
    }

    /** With message, context and what was behind it. */
    public IncompatibleApiException(String message, ErrorContext context, Throwable cause) {
        super(message, context, cause);
    }
}
