package pm.core;

import java.time.Duration;
import pm.api.ErrorContext;
import pm.api.ManagerClosedException;

/**
 * A manager's one shutdown hook. The JVM runs it on exit, SIGTERM, SIGINT and SIGHUP. It is registered before anything of the manager exists
 * and removed when nothing of it is left, so that no step of opening or closing is without it. Safe for use by any thread.
 */
final class ShutdownHook {
    /** An opening that does not end holds up the end of the JVM no longer than this; the crash guard then removes what is there. */
    private static final Duration OPENING_WAIT = Duration.ofSeconds(5);

    private final String instanceId;
    private final Thread thread;
    private boolean shuttingDown;
    private boolean openingOver;
    private Runnable whenOpen = () -> {};
    private volatile boolean registered;

    private ShutdownHook(String instanceId) {
        this.instanceId = instanceId;
        thread = new HookThread(this::run, "pm-" + instanceId + "-shutdown");
    }

    /**
     * Runs on the thread that shuts the JVM down when the system has no thread for it, for instance because a tree has used up what its user
     * may have. The JVM calls {@link Thread#start} of each hook, and ends at once, without the others, when that throws.
     */
    private static final class HookThread extends Thread {
        private final Runnable action;

        HookThread(Runnable action, String name) {
            super(action, name);
            this.action = action;
        }

        @Override
        public synchronized void start() {
            try {
                super.start();
            } catch (OutOfMemoryError refused) {
                action.run();
            }
        }
    }

    /**
     * Registers the hook of a manager that is about to be opened. {@link #opened} or {@link #remove} must follow.
     *
     * @throws ManagerClosedException when the JVM shuts down already
     */
    static ShutdownHook register(String instanceId) {
        ShutdownHook hook = new ShutdownHook(instanceId);
        try {
            Runtime.getRuntime().addShutdownHook(hook.thread);
        } catch (IllegalStateException e) {
            throw hook.refusal(e);
        }
        hook.registered = true;
        return hook;
    }

    private ManagerClosedException refusal(Throwable cause) {
        return new ManagerClosedException(
                "Could not open a process manager: the JVM shuts down; open it before the shutdown begins",
                ErrorContext.ofManager(instanceId),
                cause);
    }

    /**
     * Runs an action on the hook's thread when the JVM shuts down from now on.
     *
     * @param action ends what was opened
     * @throws ManagerClosedException when the JVM shuts down already: the action is not run, and what was opened must be closed
     */
    synchronized void opened(Runnable action) {
        if (shuttingDown) {
            throw refusal(null);
        }
        whenOpen = action;
        openingOver = true;
    }

    private void run() {
        action().run();
    }

    /** Waits until the opening has succeeded or failed. */
    private synchronized Runnable action() {
        shuttingDown = true;
        long end = System.nanoTime() + OPENING_WAIT.toNanos();
        for (long left = OPENING_WAIT.toMillis();
                !openingOver && left > 0;
                left = (end - System.nanoTime()) / 1_000_000) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                // Nothing else depends on this thread: it goes on with the wait.
            }
        }
        return whenOpen;
    }

    synchronized boolean isShuttingDown() {
        return shuttingDown;
    }

    boolean isRegistered() {
        return registered;
    }

    /** Removes the hook when nothing is left to end. Idempotent. */
    void remove() {
        synchronized (this) {
            openingOver = true;
            notifyAll();
        }
        try {
            registered = registered && !Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM shuts down: the hook runs, and finds nothing to do.
            registered = false;
        }
    }
}
