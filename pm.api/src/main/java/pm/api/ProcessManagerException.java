package pm.api;

/**
 * What pm throws. The message says what could not be done, why, and what to do; the context says whom it is about.
 * Safe for use by any thread.
 */
public class ProcessManagerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorContext context;

    /** With message and context. */
    public ProcessManagerException(String message, ErrorContext context) {
        this(message, context, null);
    }

    /** With message, context and what was behind it. */
    public ProcessManagerException(String message, ErrorContext context, Throwable cause) {
        super(context.equals(ErrorContext.NONE) ? message : message + " [" + context + "]", cause);
        this.context = context;
    }

    /** Whom it is about; {@link ErrorContext#NONE} after deserialisation. */
    public ErrorContext context() {
        return context == null ? ErrorContext.NONE : context;
    }
}
