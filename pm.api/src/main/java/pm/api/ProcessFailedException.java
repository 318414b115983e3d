package pm.api;

/** A process did not succeed. Thrown by {@link ProcessResult#orThrow()}. Safe for use by any thread. */
public class ProcessFailedException extends ProcessManagerException {
    private static final long serialVersionUID = 1L;

    private final transient ProcessResult result;

    /** With message, context and result. */
    public ProcessFailedException(String message, ErrorContext context, ProcessResult result) {
        super(message, context);
        this.result = result;
    }

    /** What became of the process; null after deserialisation. */
    public ProcessResult result() {
        return result;
    }
}
