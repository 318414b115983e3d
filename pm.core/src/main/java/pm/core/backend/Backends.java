package pm.core.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Predicate;
import pm.api.ErrorContext;
import pm.api.ManagerClosedException;
import pm.spi.BackendException;
import pm.spi.BackendSession;

/** The backend that new trees get, and earlier ones that still have trees of theirs. Safe for use by any thread. */
public final class Backends {
    private final Set<OpenedBackend> earlier = new CopyOnWriteArraySet<>();
    private volatile OpenedBackend current;

    /** One that is open. */
    public Backends(OpenedBackend first) {
        current = first;
    }

    /** The one that new trees get. */
    public OpenedBackend current() {
        return current;
    }

    /**
     * The current one, with its gate entered: the caller leaves it.
     *
     * @throws ManagerClosedException when all are closed
     */
    public OpenedBackend enter() {
        while (true) {
            OpenedBackend backend = current;
            if (backend.gate().enter()) {
                return backend;
            }
            // Another one was chosen meanwhile, or all are closed.
            if (backend == current) {
                throw new ManagerClosedException(
                        "Could not start a process: the process manager is closed", ErrorContext.NONE);
            }
        }
    }

    /** New trees get another one; the one before serves its trees until they end. */
    public synchronized void replace(OpenedBackend next) {
        OpenedBackend before = current;
        earlier.add(before);
        current = next;
        before.gate().close();
    }

    /** All that have a session. */
    public List<OpenedBackend> all() {
        List<OpenedBackend> all = new ArrayList<>(earlier);
        all.add(current);
        return all;
    }

    /** Whether there are earlier ones. */
    public boolean hasEarlier() {
        return !earlier.isEmpty();
    }

    /** The sessions of all. */
    public List<BackendSession> sessions() {
        return all().stream().map(OpenedBackend::session).toList();
    }

    /**
     * Closes earlier ones that have nothing to do any more.
     *
     * @param inUse whether it has trees, or streams that somebody may still read
     * @throws BackendException when something of one stays; it can be tried again
     */
    public void closeEarlier(Predicate<OpenedBackend> inUse) throws BackendException {
        for (OpenedBackend backend : earlier) {
            if (backend.gate().settled().isDone() && !inUse.test(backend)) {
                close(backend);
            }
        }
    }

    /** Closes an earlier one, once; what is in it is killed. */
    public void close(OpenedBackend backend) throws BackendException {
        backend.close();
        earlier.remove(backend);
    }

    /** Closes all. */
    public void close() throws BackendException {
        BackendException failure = null;
        for (OpenedBackend backend : all()) {
            try {
                backend.close();
            } catch (BackendException e) {
                failure = with(failure, e);
            } catch (RuntimeException | Error e) {
                failure = with(
                        failure,
                        new BackendException(
                                "Could not close the backend "
                                        + backend.report().name() + ": " + e + "; report it as a fault of that backend",
                                e));
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static BackendException with(BackendException before, BackendException failure) {
        if (before == null) {
            return failure;
        }
        before.addSuppressed(failure);
        return before;
    }
}
