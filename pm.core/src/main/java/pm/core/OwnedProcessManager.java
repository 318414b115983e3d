package pm.core;

import java.util.List;
import java.util.Optional;
import pm.api.BackendReport;
import pm.api.Capabilities;
import pm.api.EffectiveSettings;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.Metrics;
import pm.api.ProcessGroup;
import pm.api.ProcessListener;
import pm.api.ProcessManager;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.core.process.Owner;

/**
 * A manager as one owner has it, for instance one bundle: what it starts carries the owner's name and can be ended together. Everything else
 * is the manager's: it shows the processes of all. Safe for use by any thread.
 */
public final class OwnedProcessManager implements ProcessManager {
    private final CoreProcessManager manager;
    private final Owner owner;

    OwnedProcessManager(CoreProcessManager manager, Owner owner) {
        this.manager = manager;
        this.owner = owner;
    }

    /** Starts nothing for the owner any more, and ends what it has started. What could not be ended was reported as an event. */
    public void endAll() {
        var ending = manager.end(owner);
        assert ending.ended() >= 0;
    }

    @Override
    public String instanceId() {
        return manager.instanceId();
    }

    @Override
    public ManagedProcess spawn(ProcessSpec spec) {
        return manager.spawn(spec, owner);
    }

    @Override
    public ProcessResult run(ProcessSpec spec) throws InterruptedException {
        try (ManagedProcess process = spawn(spec)) {
            return process.await();
        }
    }

    @Override
    public ProcessGroup group(String name) {
        return manager.group(name, owner);
    }

    @Override
    public List<ManagedProcess> active() {
        return manager.active();
    }

    @Override
    public Optional<ManagedProcess> find(String processId) {
        return manager.find(processId);
    }

    @Override
    public Registration listen(ProcessListener listener) {
        return manager.listen(listener);
    }

    @Override
    public BackendReport backend() {
        return manager.backend();
    }

    @Override
    public Capabilities capabilities() {
        return manager.capabilities();
    }

    @Override
    public EffectiveSettings settings() {
        return manager.settings();
    }

    @Override
    public Metrics metrics() {
        return manager.metrics();
    }

    @Override
    public Health health() {
        return manager.health();
    }

    /** Refused: whoever opened the manager closes it. */
    @Override
    public void close() {
        throw new UnsupportedOperationException(
                "Could not close the process manager: it is a service that others use too,"
                        + " and ends with its component; close the processes instead");
    }

    @Override
    public String toString() {
        return manager + owner.name().map(name -> " of " + name).orElse("");
    }
}
