package pm.core.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

/**
 * A containment whose members are shown without the words that the caller masks: the system shows every process's arguments, and what is
 * read there goes into events, receipts, reports and JMX. A descendant that was given the same word is masked too.
 */
final class MaskedContainment implements Containment {
    private final Containment containment;
    private final List<String> secrets;

    private MaskedContainment(Containment containment, List<String> secrets) {
        this.containment = containment;
        this.secrets = secrets;
    }

    /** The same containment when nothing is masked. */
    static Containment of(Containment containment, ProcessSpec spec) {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < spec.command().size(); i++) {
            String word = spec.command().get(i);
            if (!word.equals(spec.shownCommand().get(i)) && !word.isEmpty()) {
                secrets.add(word);
            }
        }
        return secrets.isEmpty() ? containment : new MaskedContainment(containment, List.copyOf(secrets));
    }

    private ProcessTree.Node masked(ProcessTree.Node node) {
        String command = node.command();
        for (String secret : secrets) {
            command = command.replace(secret, "***");
        }
        return new ProcessTree.Node(node.pid(), node.parentPid(), command, node.state(), node.startTime());
    }

    @Override
    public List<ProcessTree.Node> members() throws BackendException {
        return containment.members().stream().map(this::masked).toList();
    }

    @Override
    public String name() {
        return containment.name();
    }

    @Override
    public NativeProcess start(StartRequest request) throws StartException {
        return containment.start(request);
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
    public ResourceUsage usage() {
        return containment.usage();
    }

    @Override
    public OptionalLong outOfMemoryVictim() {
        return containment.outOfMemoryVictim();
    }

    @Override
    public void close() throws BackendException {
        containment.close();
    }
}
