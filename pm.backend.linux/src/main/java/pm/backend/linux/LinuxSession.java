package pm.backend.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.Setting;
import pm.backend.linux.kernel.FastPaths;
import pm.backend.linux.scope.ScopeProvider;
import pm.spi.BackendException;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;

/** The Linux backend at work for one manager. */
final class LinuxSession implements BackendSession {
    private final Equipment equipment;
    private final ContainmentMode mode;
    private final Consumer<BackendSession> whenClosed;
    private volatile boolean closed;

    private LinuxSession(Equipment equipment, ContainmentMode mode, Consumer<BackendSession> whenClosed) {
        this.equipment = equipment;
        this.mode = mode;
        this.whenClosed = whenClosed;
    }

    static LinuxSession open(
            SessionRequest request, Optional<ScopeProvider> scopes, Consumer<BackendSession> whenClosed)
            throws BackendException {
        Equipment equipment = Equipment.open(
                request.sessionId(),
                request.settings().path(Setting.LAUNCHER).map(Object::toString),
                request.observer()::warned);
        try {
            return new LinuxSession(equipment, ModeChoice.choose(request, equipment, scopes), whenClosed);
        } catch (BackendException | RuntimeException | Error e) {
            equipment.close();
            throw e;
        }
    }

    @Override
    public Capabilities capabilities() {
        return mode.capabilities();
    }

    @Override
    public String containment() {
        return mode.name();
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>(mode.facts());
        facts.addAll(FastPaths.OF_THIS_KERNEL.facts());
        facts.add("The launcher runs from " + equipment.binary().source() + ".");
        return facts;
    }

    @Override
    public List<Health.Check> checks() {
        List<Health.Check> checks = new ArrayList<>(mode.checks());
        checks.add(thread("exit watcher", equipment.exits().isAlive()));
        checks.add(thread("output pump", equipment.output().isAlive()));
        return checks;
    }

    private static Health.Check thread(String name, boolean alive) {
        return alive
                ? new Health.Check(name, Health.Status.OK, "its thread runs")
                : new Health.Check(
                        name, Health.Status.CRITICAL, "its thread has ended: close the manager and open a new one");
    }

    @Override
    public Set<Long> helperPids() {
        return mode.helperPids();
    }

    @Override
    public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated)
            throws BackendException {
        if (closed) {
            throw new BackendException("Could not contain a process: the session is closed, open another");
        }
        requireSupported(limits);
        return mode.contain(processId, limits, violated);
    }

    private void requireSupported(Limits limits) throws BackendException {
        for (LimitKind kind : limits.kinds()) {
            Capabilities.Support support = mode.capabilities().of(kind);
            if (support.level() == Capabilities.Level.UNSUPPORTED) {
                throw new BackendException("Could not limit " + kind.label() + ": " + support.reason());
            }
        }
    }

    @Override
    public void removeLeftovers() {
        mode.removeLeftovers();
    }

    @Override
    public synchronized void close() throws BackendException {
        if (!closed) {
            mode.close();
            equipment.close();
            closed = true;
            whenClosed.accept(this);
        }
    }
}
