package pm.api;

import java.util.List;

/** A tree could not be proven gone. Safe for use by any thread. */
public class CleanupException extends ProcessManagerException {
    private static final long serialVersionUID = 1L;

    private final transient List<ProcessTree.Node> survivors;

    /** With message, context and what still lives. */
    public CleanupException(String message, ErrorContext context, List<ProcessTree.Node> survivors) {
        super(message, context);
        this.survivors = List.copyOf(survivors);
    }

    /** What still lived at the last look; empty after deserialisation. */
    public List<ProcessTree.Node> survivors() {
        return survivors == null ? List.of() : survivors;
    }
}
