package pm.backend.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.Setting;
import pm.spi.BackendException;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;

/** The Linux backend at work for one manager. */
final class LinuxSession implements BackendSession {
    private static final Capabilities CAPABILITIES = new Capabilities(Map.of(
            LimitKind.MEMORY, unsupported("the memory controller"),
            LimitKind.CPUS, unsupported("the cpu controller"),
            LimitKind.PROCESSES, unsupported("the pids controller")));

    private final Equipment equipment;
    private final ContainmentMode mode;
    private volatile boolean closed;

    private LinuxSession(Equipment equipment, ContainmentMode mode) {
        this.equipment = equipment;
        this.mode = mode;
    }

    private static Capabilities.Support unsupported(String controller) {
        return new Capabilities.Support(
                Capabilities.Level.UNSUPPORTED,
                "it takes " + controller + " of cgroups, which this version does not use");
    }

    static LinuxSession open(SessionRequest request) throws BackendException {
        Equipment equipment = Equipment.open(
                request.instanceId(),
                request.settings().path(Setting.LAUNCHER).map(Object::toString),
                request.observer()::warned);
        try {
            return new LinuxSession(equipment, ModeChoice.choose(request, equipment));
        } catch (BackendException e) {
            equipment.close();
            throw e;
        }
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public String containment() {
        return mode.name();
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>(mode.facts());
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
    public Containment contain(String processId, Limits limits) throws BackendException {
        if (closed) {
            throw new BackendException("Could not contain a process: the session is closed, open another");
        }
        if (!limits.bestEffort() && !limits.kinds().isEmpty()) {
            throw new BackendException(
                    "Could not limit " + limits.kinds() + ": no limit is supported, see the capabilities");
        }
        return mode.contain(processId);
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
        }
    }
}
