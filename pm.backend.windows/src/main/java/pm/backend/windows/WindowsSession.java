package pm.backend.windows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.backend.windows.job.JobContainment;
import pm.spi.BackendException;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;
import pm.spi.Uninterrupted;

/** The Windows backend at work for one manager. */
final class WindowsSession implements BackendSession {
    /** A job that was terminated is empty after milliseconds; longer than this is something that Windows does not let go. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Equipment equipment;
    private final Consumer<BackendSession> whenClosed;
    private final Set<JobContainment> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private WindowsSession(Equipment equipment, Consumer<BackendSession> whenClosed) {
        this.equipment = equipment;
        this.whenClosed = whenClosed;
    }

    static WindowsSession open(SessionRequest request, Consumer<BackendSession> whenClosed) throws BackendException {
        return new WindowsSession(Equipment.open(request.sessionId(), request.observer()::warned), whenClosed);
    }

    @Override
    public Capabilities capabilities() {
        return equipment.tools().capabilities();
    }

    @Override
    public String containment() {
        return "Job Objects, one for each tree inside of one for the manager";
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>(equipment.facts());
        facts.add("Nothing can be left of a manager whose JVM died: Windows ends its jobs with their last handle.");
        return facts;
    }

    @Override
    public List<Health.Check> checks() {
        return List.of(
                thread("exit watcher", equipment.tools().exits().isAlive()),
                thread("output pump", equipment.output().isAlive()));
    }

    private static Health.Check thread(String name, boolean alive) {
        return alive
                ? new Health.Check(name, Health.Status.OK, "its thread runs")
                : new Health.Check(
                        name, Health.Status.CRITICAL, "its thread has ended: close the manager and open a new one");
    }

    @Override
    public Set<Long> helperPids() {
        return equipment.helpers().pids();
    }

    @Override
    public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated)
            throws BackendException {
        if (closed) {
            throw new BackendException("Could not contain a process: the session is closed, open another");
        }
        for (LimitKind kind : limits.kinds()) {
            Capabilities.Support support = capabilities().of(kind);
            if (support.level() == Capabilities.Level.UNSUPPORTED) {
                throw new BackendException("Could not limit " + kind.label() + ": " + support.reason());
            }
        }
        JobContainment containment =
                JobContainment.create(processId, limits, violated, equipment.tools(), open::remove);
        open.add(containment);
        return containment;
    }

    /** There is nothing: see {@link #facts()}. */
    @Override
    public void removeLeftovers() {
        // Jobs of dead managers are gone, and those of ours are closed with their containments.
    }

    @Override
    public synchronized void close() throws BackendException {
        if (!closed) {
            closed = true;
            for (JobContainment containment : open) {
                end(containment);
            }
            equipment.close();
            whenClosed.accept(this);
        }
    }

    private static void end(JobContainment containment) throws BackendException {
        containment.kill();
        try {
            Uninterrupted.get(containment.whenEmpty(), PATIENCE);
        } catch (ExecutionException | TimeoutException notProven) {
            // Windows ends what is left when the handle is closed, as far as it ends it at all.
        }
        containment.release();
    }
}
