package pm.core.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.api.Capabilities.Level;
import pm.api.Capabilities.Support;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.spi.BackendException;
import pm.spi.BackendSession;
import pm.spi.Containment;

/**
 * The host's own backend, whose processes are real, with limits that the test decides on: what is supported, what is met, what can be
 * changed. So the core's part is tested on every host, whatever that can enforce.
 */
final class LimitingSession implements BackendSession {
    private final BackendSession session;
    private final Map<LimitKind, Level> levels;
    private volatile Consumer<LimitViolation> violated;
    /** What the containment knows of at the end. */
    final List<LimitViolation> known = new CopyOnWriteArrayList<>();
    /** What the backend was given: first at the start, then changes. */
    final List<Limits> given = new CopyOnWriteArrayList<>();
    /** Kinds that the system refuses to change. */
    final List<LimitKind> unchangeable = new CopyOnWriteArrayList<>();

    LimitingSession(BackendSession session, Map<LimitKind, Level> levels) {
        this.session = session;
        this.levels = levels;
    }

    /** The tree meets a limit. */
    void meet(LimitViolation violation) {
        known.removeIf(before -> before.kind() == violation.kind());
        known.add(violation);
        violated.accept(violation);
    }

    @Override
    public Capabilities capabilities() {
        Map<LimitKind, Support> supports = new EnumMap<>(LimitKind.class);
        levels.forEach((kind, level) -> supports.put(kind, new Support(level, "because the test says so")));
        return new Capabilities(supports);
    }

    @Override
    public Containment contain(String processId, Limits limits, Consumer<LimitViolation> consumer)
            throws BackendException {
        given.add(limits);
        violated = consumer;
        Containment real = session.contain(processId, Limits.none(), violation -> {});
        return (Containment) Proxy.newProxyInstance(
                Containment.class.getClassLoader(), new Class<?>[] {Containment.class}, (proxy, method, args) -> {
                    if (method.getName().equals("violations")) {
                        return new ArrayList<>(known);
                    }
                    if (method.getName().equals("updateLimits")) {
                        update((Limits) args[0]);
                        return null;
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void update(Limits limits) throws BackendException {
        for (LimitKind kind : limits.kinds()) {
            if (unchangeable.contains(kind)) {
                throw new BackendException("Could not change " + kind.label() + ": in use");
            }
        }
        given.add(limits);
    }

    @Override
    public String containment() {
        return session.containment();
    }

    @Override
    public List<String> facts() {
        return session.facts();
    }

    @Override
    public List<Health.Check> checks() {
        return session.checks();
    }

    @Override
    public Set<Long> helperPids() {
        return session.helperPids();
    }

    @Override
    public void removeLeftovers() {
        session.removeLeftovers();
    }

    @Override
    public void close() throws BackendException {
        session.close();
    }
}
