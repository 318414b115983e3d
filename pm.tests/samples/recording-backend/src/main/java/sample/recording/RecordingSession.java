package sample.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.api.Health;
import pm.api.LimitViolation;
import pm.api.Limits;
import pm.spi.BackendException;
import pm.spi.BackendSession;
import pm.spi.Containment;

/** A session whose containments are recorded. */
final class RecordingSession implements BackendSession {
    private final BackendSession session;
    private final Recording recording;

    RecordingSession(BackendSession session, Recording recording) {
        this.session = session;
        this.recording = recording;
    }

    @Override
    public Containment contain(String processId, Limits limits, Consumer<LimitViolation> violated)
            throws BackendException {
        Containment containment = session.contain(processId, limits, violated);
        recording.write(processId + " contained by " + containment.name());
        return new RecordingContainment(containment, processId, recording);
    }

    @Override
    public List<String> facts() {
        List<String> facts = new ArrayList<>(session.facts());
        facts.add("What is started is recorded.");
        return facts;
    }

    @Override
    public void close() throws BackendException {
        session.close();
        recording.write("closed");
    }

    @Override
    public Capabilities capabilities() {
        return session.capabilities();
    }

    @Override
    public String containment() {
        return session.containment();
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
}
