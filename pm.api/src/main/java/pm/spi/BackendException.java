package pm.spi;

/** What a backend could not do, and why. The core adds whom it is about. Safe for use by any thread. */
public class BackendException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a message that reads "Could not …: reason, what to do". */
    public BackendException(String message) {
        super(message);
    }

    /** With message and what was behind it. */
    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
