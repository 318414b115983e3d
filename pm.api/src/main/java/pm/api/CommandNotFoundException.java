package pm.api;

/** There is no such program. Safe for use by any thread. */
public class CommandNotFoundException extends SpawnException {
    private static final long serialVersionUID = 1L;

    /** With message and context. */
    public CommandNotFoundException(String message, ErrorContext context) {
        super(message, context);
    }

    /** With message, context and what was behind it. */
    public CommandNotFoundException(String message, ErrorContext context, Throwable cause) {
        super(message, context, cause);
    }
}
