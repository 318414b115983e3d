package pm.api;

/** The manager, or the group, is closed or closing. Safe for use by any thread. */
public class ManagerClosedException extends SpawnException {
    private static final long serialVersionUID = 1L;

    /** With message and context. */
    public ManagerClosedException(String message, ErrorContext context) {
        super(message, context);
    }

    /** With message, context and what was behind it. */
    public ManagerClosedException(String message, ErrorContext context, Throwable cause) {
        super(message, context, cause);
    }
}
