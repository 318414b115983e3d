package pm.api;

/** What happens to the rest of a tree when its leader has ended by itself. Immutable; safe for use by any thread. */
public enum Descendants {
    /** The rest is ended at once, by escalation. The default. */
    END,
    /** The run lasts until the last process of the tree has ended; timeouts go on until then. */
    WAIT
}
