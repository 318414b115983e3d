package pm.backend.windows.commandline;

/** A command that cannot be told to a program without loss or danger. The message is a reason, and says what to do. */
public final class RefusedCommandException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedCommandException(String reason) {
        super(reason);
    }
}
