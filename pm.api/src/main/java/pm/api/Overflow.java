package pm.api;

/** What a bounded capture does with output beyond its bound. The child is never blocked by it. Immutable; safe for use by any thread. */
public enum Overflow {
    /** Keep the first bytes, drop the rest. */
    KEEP_HEAD,
    /** Keep the last bytes, drop what came before. */
    KEEP_TAIL,
    /** End the process: its cause is {@link Cause#OUTPUT_OVERFLOW}. */
    FAIL
}
