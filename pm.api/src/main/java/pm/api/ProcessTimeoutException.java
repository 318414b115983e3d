package pm.api;

/** A timeout ended a process. Thrown by {@link ProcessResult#orThrow()}. Safe for use by any thread. */
public class ProcessTimeoutException extends ProcessManagerException {
    private static final long serialVersionUID = 1L;

    private final transient ProcessResult result;

    /** With message, context and result. */
    public ProcessTimeoutException(String message, ErrorContext context, ProcessResult result) {
        super(message, context);
        this.result = result;
    }

    /** What became of the process; null after deserialisation. */
    public ProcessResult result() {
        return result;
    }
}
