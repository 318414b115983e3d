package pm.core.backend;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pm.api.BackendReport;
import pm.api.BackendReport.Refusal;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;

/** A backend that serves a manager, or did until another one was chosen and still has trees. Safe for use by any thread. */
public final class OpenedBackend {
    private static final Logger LOG = LoggerFactory.getLogger(OpenedBackend.class);

    private final BackendProvider provider;
    private final BackendSession session;
    private final Gate gate = new Gate();
    private volatile BackendReport report;

    /**
     * An open one.
     *
     * @param provider whose session it is
     * @param session open; whoever gets this closes it
     * @param report which one, and why
     */
    public OpenedBackend(BackendProvider provider, BackendSession session, BackendReport report) {
        this.provider = provider;
        this.session = session;
        this.report = report;
    }

    /** Whose session it is. */
    public BackendProvider provider() {
        return provider;
    }

    /** The session. */
    public BackendSession session() {
        return session;
    }

    /** Through which starts go; closed when another backend was chosen. */
    public Gate gate() {
        return gate;
    }

    /** Which backend, and why. */
    public BackendReport report() {
        return report;
    }

    /**
     * Lets nothing start any more and closes the session. When a start hangs inside, that happens as soon as it is through: it would go on with
     * descriptors that are others' by then.
     *
     * @throws BackendException when something of the session stays; it can be tried again
     */
    void close() throws BackendException {
        gate.close();
        if (gate.settled().isDone()) {
            session.close();
        } else {
            var unused = gate.settled().thenRun(this::closeLate);
        }
    }

    private void closeLate() {
        try {
            session.close();
        } catch (BackendException e) {
            // Whoever closed it is gone, and the events with it.
            LOG.error(
                    "Could not close the backend {} after a start that had hung: {}", report.name(), e.getMessage(), e);
        }
    }

    /** Why it was chosen, the first time or again. */
    void tell(String reason, List<Refusal> refused) {
        report = new BackendReport(report.name(), reason, report.containment(), report.facts(), refused);
    }
}
