package pm.api;

/** The program is there but cannot be executed. Safe for use by any thread. */
public class CommandNotExecutableException extends SpawnException {
    private static final long serialVersionUID = 1L;

    /** With message and context. */
    public CommandNotExecutableException(String message, ErrorContext context) {
        super(message, context);
    }

    /** With message, context and what was behind it. */
    public CommandNotExecutableException(String message, ErrorContext context, Throwable cause) {
        super(message, context, cause);
    }
}
