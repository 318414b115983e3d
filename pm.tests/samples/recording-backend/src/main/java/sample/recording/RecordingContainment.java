package sample.recording;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/** A containment of which is recorded what was started in it and how that ended. */
final class RecordingContainment implements Containment {
    private final Containment containment;
    private final String processId;
    private final Recording recording;

    RecordingContainment(Containment containment, String processId, Recording recording) {
        this.containment = containment;
        this.processId = processId;
        this.recording = recording;
    }

    @Override
    public NativeProcess start(StartRequest request) throws StartException {
        // The command as other eyes may see it.
        String command = String.join(" ", request.shownCommand()).replace('\n', ' ');
        NativeProcess process;
        try {
            process = containment.start(request);
        } catch (StartException e) {
            recording.write(processId + " failed: " + e.kind());
            throw e;
        }
        recording.write(processId + " started " + process.pid() + ": " + command);
        process.exit().thenAccept(status -> recording.write(processId + " ended: " + status));
        return process;
    }

    @Override
    public void close() throws BackendException {
        containment.close();
        recording.write(processId + " removed");
    }

    @Override
    public String name() {
        return containment.name();
    }

    @Override
    public void terminate(Signal signal) throws BackendException {
        containment.terminate(signal);
    }

    @Override
    public void kill() throws BackendException {
        containment.kill();
    }

    @Override
    public Optional<String> lastResort() throws BackendException {
        return containment.lastResort();
    }

    @Override
    public void suspend() throws BackendException {
        containment.suspend();
    }

    @Override
    public void resume() throws BackendException {
        containment.resume();
    }

    @Override
    public boolean isEmpty() throws BackendException {
        return containment.isEmpty();
    }

    @Override
    public CompletionStage<Void> whenEmpty() {
        return containment.whenEmpty();
    }

    @Override
    public List<ProcessTree.Node> members() throws BackendException {
        return containment.members();
    }

    @Override
    public ResourceUsage usage() {
        return containment.usage();
    }

    @Override
    public List<LimitViolation> violations() {
        return containment.violations();
    }

    @Override
    public void updateLimits(Limits limits) throws BackendException {
        containment.updateLimits(limits);
    }
}
