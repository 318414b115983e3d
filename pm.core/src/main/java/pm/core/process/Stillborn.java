package pm.core.process;

import java.util.concurrent.CompletionStage;
import pm.core.backend.OpenedBackend;
import pm.spi.BackendException;
import pm.spi.Containment;

/**
 * The container of a process that did not start, or that went into nobody's books: whatever is in it is killed, and it is removed; if not at
 * once, then with the other failed cleanups. Safe for use by any thread.
 */
final class Stillborn implements FailedCleanups.Remainder {
    private final Containment containment;
    private final OpenedBackend backend;
    private final FailedCleanups failed;

    Stillborn(Containment containment, OpenedBackend backend, FailedCleanups failed) {
        this.containment = containment;
        this.backend = backend;
        this.failed = failed;
    }

    /**
     * Nothing was started: it should be empty.
     *
     * @throws BackendException when it cannot be removed; it is among the failed cleanups then
     */
    void removeEmpty() throws BackendException {
        try {
            containment.close();
        } catch (BackendException | RuntimeException e) {
            failed.add(this);
            throw e;
        }
    }

    /** Something runs: ends it now, and removes the container when it is empty. */
    void end(SupervisionThreads threads) throws BackendException {
        failed.add(this);
        containment.kill();
        Step retry = threads.step(this::retry);
        CompletionStage<Void> empty = containment.whenEmpty();
        empty.thenRun(retry::soon);
    }

    @Override
    public boolean isOn(OpenedBackend other) {
        return backend.equals(other);
    }

    @Override
    public void retry() {
        try {
            if (!containment.isEmpty()) {
                containment.kill();
            }
            containment.close();
            failed.remove(this);
        } catch (BackendException stillThere) {
            // It stays among the failed cleanups, which the health check counts, and is tried again.
            return;
        }
    }
}
