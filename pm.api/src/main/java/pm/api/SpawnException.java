package pm.api;

/** A process could not be started. Nothing of it runs. Safe for use by any thread. */
public class SpawnException extends ProcessManagerException {
    private static final long serialVersionUID = 1L;

    /** With message and context. */
    public SpawnException(String message, ErrorContext context) {
        super(message, context);
    }

    /** With message, context and what was behind it. */
    public SpawnException(String message, ErrorContext context, Throwable cause) {
        super(message, context, cause);
    }
}
