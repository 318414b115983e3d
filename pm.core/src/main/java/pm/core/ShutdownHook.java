package pm.core;

import pm.api.ErrorContext;
import pm.api.ManagerClosedException;

/** A manager's one shutdown hook, from open until close. The JVM runs it on exit, SIGTERM, SIGINT and SIGHUP. Safe for use by any thread. */
final class ShutdownHook {
    private final Thread thread;
    private volatile boolean registered;

    ShutdownHook(String instanceId, Runnable action) {
        thread = new Thread(action, "pm-" + instanceId + "-shutdown");
    }

    /**
     * Registers it.
     *
     * @throws ManagerClosedException when the JVM shuts down already
     */
    void register(String instanceId) {
        try {
            Runtime.getRuntime().addShutdownHook(thread);
            registered = true;
        } catch (IllegalStateException e) {
            throw new ManagerClosedException(
                    "Could not open a process manager: the JVM shuts down", ErrorContext.ofManager(instanceId), e);
        }
    }

    boolean isRegistered() {
        return registered;
    }

    /** Takes it back, unless the JVM shuts down already. */
    void remove() {
        try {
            registered = registered && !Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM shuts down: the hook runs, and finds nothing to do.
            registered = false;
        }
    }
}
