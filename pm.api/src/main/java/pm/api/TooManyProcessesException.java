package pm.api;

/** The maximum of active processes is reached. Nothing was queued: try again when one has ended. Safe for use by any thread. */
public class TooManyProcessesException extends SpawnException {
    private static final long serialVersionUID = 1L;

    /** With message and context. */
    public TooManyProcessesException(String message, ErrorContext context) {
        super(message, context);
    }

    /** With message, context and what was behind it. */
    public TooManyProcessesException(String message, ErrorContext context, Throwable cause) {
        super(message, context, cause);
    }
}
