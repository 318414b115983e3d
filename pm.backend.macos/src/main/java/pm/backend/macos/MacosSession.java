package pm.backend.macos;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.Setting;
import pm.backend.macos.guard.Guard;
import pm.backend.macos.process.HostSystem;
import pm.backend.macos.process.Launching;
import pm.backend.macos.process.TreeLimits;
import pm.backend.macos.process.Trees;
import pm.backend.posix.events.OutputPump;
import pm.backend.posix.libc.LibcException;
import pm.spi.BackendException;
import pm.spi.BackendSession;
import pm.spi.Containment;
import pm.spi.SessionRequest;
import pm.spi.Uninterrupted;

/** The backend at work for one manager, on whatever system it is given. */
final class MacosSession implements BackendSession {
    private static final Duration KILL_WAIT = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final HostSystem.Watching watching;
    private final OutputPump pump;
    private final Launching launching;
    private final Guard guard;
    private final Trees trees;
    private final Duration guardWait;
    private final Consumer<BackendSession> whenClosed;
    private volatile boolean closed;

    private MacosSession(
            HostSystem system,
            HostSystem.Watching watching,
            OutputPump pump,
            Launching launching,
            SessionRequest request,
            Consumer<BackendSession> whenClosed) {
        this.watching = watching;
        this.pump = pump;
        this.launching = launching;
        this.guardWait = request.settings().duration(Setting.GUARD_WAIT);
        this.whenClosed = whenClosed;
        this.guard = Guard.start(system, watching, launching.nullDevice(), request.observer());
        this.trees =
                new Trees(request.instanceId(), system, watching, launching, guard::guard, request.observer()::warned);
    }

    static MacosSession open(SessionRequest request, HostSystem system, Consumer<BackendSession> whenClosed)
            throws BackendException {
        Consumer<String> warned = request.observer()::warned;
        try {
            HostSystem.Watching watching = system.watching("pm-" + request.sessionId() + "-exits", warned);
            try {
                OutputPump pump = OutputPump.start(request.sessionId(), system.poller(), warned);
                try {
                    return new MacosSession(system, watching, pump, Launching.open(system, pump), request, whenClosed);
                } catch (BackendException | RuntimeException | Error refused) {
                    pump.close();
                    throw refused;
                }
            } catch (BackendException | LibcException | RuntimeException | Error refused) {
                watching.loop().close();
                throw refused;
            }
        } catch (LibcException refused) {
            throw new BackendException(
                    "Could not watch processes: " + refused.getMessage() + ", see whether descriptors are used up",
                    refused);
        }
    }

    @Override
    public Capabilities capabilities() {
        return TreeLimits.capabilities();
    }

    @Override
    public String containment() {
        return "sessions and unique ids";
    }

    @Override
    public List<String> facts() {
        return List.of(
                "The system has no containers: a tree is who was forked by it, and who is in its sessions.",
                "A guard in sh kills the trees when this JVM is gone.");
    }

    @Override
    public List<Health.Check> checks() {
        return List.of(
                guard.check(),
                thread("exit watcher", watching.loop().isAlive()),
                thread("output pump", pump.isAlive()));
    }

    private static Health.Check thread(String name, boolean alive) {
        return alive
                ? new Health.Check(name, Health.Status.OK, "its thread runs")
                : new Health.Check(
                        name, Health.Status.CRITICAL, "its thread has ended: close the manager and open a new one");
    }

    @Override
    public Set<Long> helperPids() {
        return guard.pid().stream().collect(Collectors.toSet());
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
        guard.awaitReady(guardWait);
        return trees.contain(processId, limits, violated);
    }

    @Override
    public void removeLeftovers() {
        // The guard ends what a dead JVM leaves, and there is nothing else to remove.
    }

    @Override
    public synchronized void close() throws BackendException {
        if (closed) {
            return;
        }
        trees.killAll();
        long end = System.nanoTime() + KILL_WAIT.toNanos();
        while (!trees.areGone()) {
            if (System.nanoTime() - end > 0) {
                throw new BackendException("Could not end all trees within " + KILL_WAIT + ", try again");
            }
            Uninterrupted.pause(LOOK_AGAIN);
        }
        guard.close();
        watching.loop().close();
        pump.close();
        launching.close();
        closed = true;
        whenClosed.accept(this);
    }
}
