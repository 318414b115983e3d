package pm.core.backend;

import java.util.List;
import pm.api.BackendReport;
import pm.api.BackendReport.Refusal;
import pm.spi.BackendProvider;
import pm.spi.BackendSession;

/** A backend that serves a manager, or did until another one was chosen and still has trees. Safe for use by any thread. */
public final class OpenedBackend {
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

    /** Why it was chosen, the first time or again. */
    void tell(String reason, List<Refusal> refused) {
        report = new BackendReport(report.name(), reason, report.containment(), report.facts(), refused);
    }
}
