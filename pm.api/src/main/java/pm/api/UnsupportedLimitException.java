package pm.api;

/** A limit was asked for that this host cannot enforce, and best effort was not chosen. Nothing was started. Safe for use by any thread. */
public class UnsupportedLimitException extends SpawnException {
    private static final long serialVersionUID = 1L;

    /** With message and context. */
    public UnsupportedLimitException(String message, ErrorContext context) {
        super(message, context);
    }

    /** With message, context and what was behind it. */
    public UnsupportedLimitException(String message, ErrorContext context, Throwable cause) {
        super(message, context, cause);
    }
}
