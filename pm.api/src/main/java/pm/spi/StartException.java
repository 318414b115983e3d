package pm.spi;

/** A program could not be started. Nothing of it runs, and its containment is empty. Safe for use by any thread. */
public class StartException extends BackendException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it was. */
    public enum Kind {
        /** There is no such program. */
        NOT_FOUND,
        /** It is there but cannot be executed. */
        NOT_EXECUTABLE,
        /** Anything else. */
        OTHER
    }

    private final Kind kind;

    /** With kind and a message that reads "Could not start …: reason". */
    public StartException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** With kind, message and what was behind it. */
    public StartException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure it was. */
    public Kind kind() {
        return kind;
    }
}
