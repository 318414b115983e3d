package pm.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import pm.api.BackendReport;
import pm.api.Capabilities;
import pm.api.Cause;
import pm.api.CleanupException;
import pm.api.EffectiveSettings;
import pm.api.ErrorContext;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.Metrics;
import pm.api.ProcessEvent;
import pm.api.ProcessGroup;
import pm.api.ProcessListener;
import pm.api.ProcessManager;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;
import pm.api.Setting;
import pm.core.backend.BackendDiscovery;
import pm.core.health.HealthSubject;
import pm.core.process.Owner;
import pm.core.process.Processes;
import pm.core.settings.SettingsReader;
import pm.spi.BackendException;
import pm.spi.BackendProvider;

/** One manager: hands on to its parts, and takes them apart in the right order. Safe for use by any thread. */
public final class CoreProcessManager implements ProcessManager {
    private final Parts parts;
    private final boolean shared;
    private final ErrorContext context;
    private final ShutdownHook hook;
    private final Housekeeping housekeeping;
    private final BackendSwitch backendSwitch;
    private final SettingsChange settingsChange;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Optional<CleanupException>> closed = new CompletableFuture<>();

    /**
     * Opens a manager.
     *
     * @param settings as they were read
     * @param backends to choose from
     * @param shared whether only the shutdown hook can close it
     * @throws pm.api.NoBackendException when no backend can be used; nothing is left open then
     * @throws pm.api.ManagerClosedException when the JVM shuts down, or begins to meanwhile; nothing is left open then
     */
    public static CoreProcessManager open(SettingsReader.Reading settings, BackendDiscovery backends, boolean shared) {
        String instanceId = InstanceId.next();
        ShutdownHook hook = ShutdownHook.register(instanceId);
        try {
            Parts parts = Parts.open(instanceId, settings.effective(), backends);
            return open(new CoreProcessManager(parts, hook, shared), settings.warnings());
        } catch (RuntimeException | Error e) {
            hook.remove();
            throw e;
        }
    }

    private static CoreProcessManager open(CoreProcessManager manager, List<String> warnings) {
        try {
            manager.housekeeping.start();
            manager.announce(warnings);
            manager.hook.opened(manager::shutDown);
            return manager;
        } catch (RuntimeException | Error e) {
            manager.end(Cause.MANAGER_CLOSED).ifPresent(e::addSuppressed);
            throw e;
        }
    }

    private CoreProcessManager(Parts parts, ShutdownHook hook, boolean shared) {
        this.parts = parts;
        this.hook = hook;
        this.shared = shared;
        context = ErrorContext.ofManager(parts.instanceId());
        housekeeping = new Housekeeping(
                this, parts, new HealthView(parts.instanceId(), parts.processes(), parts.backends(), this::shutdown));
        backendSwitch = new BackendSwitch(parts);
        settingsChange = new SettingsChange(parts, backendSwitch, housekeeping);
    }

    private void announce(List<String> warnings) {
        publish(new ProcessEvent.ManagerOpened(context, Instant.now(), backend(), settings()));
        warnings.forEach(warning -> publish(new ProcessEvent.Warned(context, Instant.now(), warning)));
    }

    private void publish(ProcessEvent event) {
        parts.telemetry().events().publish(event);
    }

    @Override
    public String instanceId() {
        return parts.instanceId();
    }

    /** The same manager for somebody whose processes shall end with them. */
    public OwnedProcessManager ownedBy(Owner owner) {
        return new OwnedProcessManager(this, owner);
    }

    /** See {@link BackendSwitch#chooseAgain}. */
    public void backendsChanged(BackendDiscovery found) {
        backendSwitch.chooseAgain(settings(), found);
    }

    /** See {@link BackendSwitch#withdraw}. */
    public void withdraw(BackendProvider gone, BackendDiscovery rest) {
        backendSwitch.withdraw(gone, settings(), rest);
    }

    /** See {@link SettingsChange#apply}. */
    public void changeSettings(SettingsReader.Reading settings, BackendDiscovery backends) {
        settingsChange.apply(settings, backends);
    }

    @Override
    public ManagedProcess spawn(ProcessSpec spec) {
        return spawn(spec, Owner.NOBODY);
    }

    ManagedProcess spawn(ProcessSpec spec, Owner owner) {
        return parts.processes().spawn(spec, owner);
    }

    @Override
    public ProcessResult run(ProcessSpec spec) throws InterruptedException {
        try (ManagedProcess process = spawn(spec)) {
            return process.await();
        }
    }

    @Override
    public ProcessGroup group(String name) {
        return group(name, Owner.NOBODY);
    }

    ProcessGroup group(String name, Owner owner) {
        return parts.processes().group(name, owner);
    }

    Processes.Ending end(Owner owner) {
        return parts.processes().endOwnedBy(owner);
    }

    @Override
    public List<ManagedProcess> active() {
        return parts.processes().active();
    }

    @Override
    public Optional<ManagedProcess> find(String processId) {
        return parts.processes().find(processId);
    }

    @Override
    public Registration listen(ProcessListener listener) {
        return parts.telemetry().listen(listener);
    }

    @Override
    public BackendReport backend() {
        return parts.backends().current().report();
    }

    @Override
    public Capabilities capabilities() {
        return parts.backends().current().session().capabilities();
    }

    @Override
    public EffectiveSettings settings() {
        return parts.settings().get();
    }

    @Override
    public Metrics metrics() {
        return parts.telemetry().metrics().snapshot(parts.processes().activeCount());
    }

    @Override
    public Health health() {
        return housekeeping.checkNow();
    }

    @Override
    public void close() {
        if (shared && !closedByCaller()) {
            throw new UnsupportedOperationException(
                    "Could not close the shared process manager: it serves the whole JVM, and the shutdown hook ends it;"
                            + " open one of your own to close it, or set " + Setting.SHUTDOWN.variable()
                            + "=caller");
        }
        end(Cause.MANAGER_CLOSED).ifPresent(failure -> {
            throw failure;
        });
    }

    /** On the hook's thread: what could not be ended was reported as an event, and there is nobody to throw to. */
    private void shutDown() {
        parts.processes().refuseForShutdown();
        if (!closedByCaller()) {
            close(Cause.SHUTDOWN);
        }
    }

    private HealthSubject.Shutdown shutdown() {
        if (!closedByCaller()) {
            return hook.isRegistered() ? HealthSubject.Shutdown.HOOK : HealthSubject.Shutdown.NO_HOOK;
        }
        return hook.isShuttingDown() && !closing.get()
                ? HealthSubject.Shutdown.NOT_CLOSED_BY_CALLER
                : HealthSubject.Shutdown.CALLER;
    }

    private boolean closedByCaller() {
        return settings().text(Setting.SHUTDOWN).filter("caller"::equals).isPresent();
    }

    /**
     * Closes it for another cause; what could not be ended was reported as an event.
     *
     * @param cause why
     */
    public void close(Cause cause) {
        end(cause);
    }

    private Optional<CleanupException> end(Cause cause) {
        if (closing.compareAndSet(false, true)) {
            try {
                closed.complete(takeApart(cause));
            } finally {
                // Only when memory is used up: nobody shall wait for ever.
                closed.complete(Optional.empty());
            }
        }
        return closed.join();
    }

    /** Every step is taken, whatever becomes of those before it. */
    private Optional<CleanupException> takeApart(Cause cause) {
        long begin = System.nanoTime();
        List<CleanupException> failures = new ArrayList<>();
        AtomicInteger ended = new AtomicInteger();
        step(failures, () -> {
            Processes.Ending ending = parts.processes().endAll(cause);
            ended.set(ending.ended());
            failures.addAll(ending.failures());
        });
        step(failures, housekeeping::stop);
        step(failures, parts.threads()::close);
        step(failures, parts.backends()::close);
        step(failures, housekeeping::close);
        step(
                failures,
                () -> publish(new ProcessEvent.ManagerClosed(
                        context,
                        Instant.now(),
                        ended.get(),
                        failures.size(),
                        Duration.ofNanos(System.nanoTime() - begin))));
        step(failures, parts.telemetry()::close);
        hook.remove();
        return failures.isEmpty() ? Optional.empty() : Optional.of(together(failures));
    }

    private interface Step {
        void take() throws BackendException;
    }

    private void step(List<CleanupException> failures, Step step) {
        try {
            step.take();
        } catch (BackendException e) {
            failed(failures, e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            failed(failures, "Could not finish the close of the process manager: " + e + "; report it as a fault", e);
        }
    }

    private void failed(List<CleanupException> failures, String reason, Throwable cause) {
        CleanupException failure = new CleanupException(reason, context, List.of());
        failure.addSuppressed(cause);
        failures.add(failure);
        publish(new ProcessEvent.CleanupFailed(context, Instant.now(), reason, List.of()));
    }

    private CleanupException together(List<CleanupException> failures) {
        List<ProcessTree.Node> survivors = failures.stream()
                .flatMap(failure -> failure.survivors().stream())
                .toList();
        CleanupException all = new CleanupException(
                "Could not close the process manager cleanly: "
                        + failures.get(0).getMessage()
                        + (failures.size() > 1 ? " and " + (failures.size() - 1) + " more" : ""),
                context,
                survivors);
        failures.forEach(all::addSuppressed);
        return all;
    }

    @Override
    public String toString() {
        return "process manager " + instanceId();
    }
}
