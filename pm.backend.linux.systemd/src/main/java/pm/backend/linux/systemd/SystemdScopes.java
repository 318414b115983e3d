package pm.backend.linux.systemd;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import pm.api.LimitKind;
import pm.backend.linux.scope.ScopeRequest;
import pm.backend.linux.scope.Scopes;
import pm.backend.linux.systemd.Bus.Callee;
import pm.spi.BackendException;
import pm.spi.Uninterrupted;

/** Scopes made by systemd: org.freedesktop.systemd1(5). */
final class SystemdScopes implements Scopes {
    private static final String NAME = "org.freedesktop.systemd1";
    private static final String PATH = "/org/freedesktop/systemd1";
    private static final String MANAGER = "org.freedesktop.systemd1.Manager";
    private static final Callee SYSTEMD = new Callee(NAME, PATH, MANAGER);
    private static final Callee PROPERTIES = new Callee(NAME, PATH, "org.freedesktop.DBus.Properties");
    // It takes some milliseconds; more on a machine that is short of everything.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    // No other unit is started with it.
    private static final Object[] NO_AUXILIARY_UNITS = {};

    private final BusSocket socket;
    private final Jobs jobs = new Jobs();
    private final String version;
    private final String controlGroup;
    private Bus bus;
    private boolean closed;

    private SystemdScopes(BusSocket socket) throws BackendException {
        this.socket = socket;
        this.bus = connect();
        try {
            this.version = property("Version");
            this.controlGroup = property("ControlGroup");
        } catch (BackendException e) {
            bus.close();
            throw e;
        }
    }

    /**
     * Connects, and sees whether systemd answers.
     *
     * @throws BackendException with the reason
     */
    static SystemdScopes open(BusSocket socket) throws BackendException {
        return new SystemdScopes(socket);
    }

    private Bus connect() throws BackendException {
        Bus fresh = Bus.connect(socket);
        try {
            fresh.listen(PATH, MANAGER, "JobRemoved", jobs::removed);
            return fresh;
        } catch (BackendException e) {
            fresh.close();
            throw e;
        }
    }

    private String property(String name) throws BackendException {
        try {
            Object[] reply = bus().call(PROPERTIES, "Get", "ss", MANAGER, name);
            return reply[0] instanceof org.freedesktop.dbus.types.Variant<?> variant
                    ? variant.getValue().toString()
                    : reply[0].toString();
        } catch (BusException e) {
            throw new BackendException("Could not ask " + socket.manager() + ": " + e.reason(), e);
        }
    }

    /** The bus may have been restarted. */
    private synchronized Bus bus() throws BackendException {
        if (closed) {
            throw new BackendException("Could not ask " + socket.manager() + ": the connection was closed");
        }
        if (!bus.isConnected()) {
            Bus fresh = connect();
            // It may have threads still.
            bus.close();
            bus = fresh;
        }
        return bus;
    }

    @Override
    public String manager() {
        return socket.manager() + ", version " + version + ", by " + socket.path();
    }

    @Override
    public String controlGroup() {
        return controlGroup.isEmpty() ? "/" : controlGroup;
    }

    @Override
    public boolean limits(LimitKind kind) {
        return UnitProperty.limits(kind);
    }

    @Override
    public void start(ScopeRequest request) throws BackendException {
        CompletableFuture<String> job = jobs.await(request.unit());
        try {
            bus().call(
                            SYSTEMD,
                            "StartTransientUnit",
                            "ssa(sv)a(sa(sv))",
                            request.unit(),
                            "fail",
                            UnitProperty.asArgument(UnitProperty.of(request, BlockDevices.now())),
                            NO_AUXILIARY_UNITS);
            String result = Uninterrupted.get(job, PATIENCE);
            if (!result.equals("done")) {
                throw new BackendException("Could not make " + request.unit() + ": systemd's job ended as '" + result
                        + "', see its log (journalctl)");
            }
        } catch (BusException e) {
            throw new BackendException("Could not make " + request.unit() + ": " + e.reason(), e);
        } catch (TimeoutException | ExecutionException e) {
            throw new BackendException(
                    "Could not make " + request.unit() + ": systemd did not do it within " + PATIENCE, e);
        } finally {
            jobs.forget(request.unit());
        }
    }

    @Override
    public void update(String unit, Map<LimitKind, Long> amounts) throws BackendException {
        try {
            // Until the unit ends; it is gone from systemd's memory then anyway.
            boolean runtime = true;
            bus().call(
                            SYSTEMD,
                            "SetUnitProperties",
                            "sba(sv)",
                            unit,
                            runtime,
                            UnitProperty.asArgument(UnitProperty.of(amounts, BlockDevices.now())));
        } catch (BusException e) {
            throw new BackendException("Could not change limits of " + unit + ": " + e.reason(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            bus.close();
        }
    }
}
