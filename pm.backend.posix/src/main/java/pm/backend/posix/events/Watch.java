package pm.backend.posix.events;

/** A descriptor that is being watched. */
public interface Watch extends AutoCloseable {
    /** Ends watching; to be done before the descriptor is closed. A callback that is under way goes on. Idempotent. */
    @Override
    void close();
}
