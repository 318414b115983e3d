package pm.contract;

import java.util.List;
import pm.api.ExitStatus;
import pm.api.ProcessTree;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.PipeReader;

/** A tree that was started, and its container. Closing it kills what is left, waits for that, and removes the container. Used by one thread. */
public final class Tree implements AutoCloseable {
    private final Containment containment;
    private final NativeProcess leader;
    private Output output;

    Tree(Containment containment, NativeProcess leader) {
        this.containment = containment;
        this.leader = leader;
    }

    /** What holds it. */
    public Containment containment() {
        return containment;
    }

    /** What was started in it. */
    public NativeProcess leader() {
        return leader;
    }

    /** Its standard output, collected from the first call on. */
    public Output output() {
        if (output == null) {
            output = Output.of(leader.stdout().orElseThrow());
        }
        return output;
    }

    /** Numbers that it prints, a line each. */
    public List<Long> printedPids(int count) {
        return output().lines(count).stream().map(Long::parseLong).toList();
    }

    /** How the leader ended, once it has. */
    public ExitStatus awaitExit() {
        return Patience.get(leader.exit(), "the end of process " + leader.pid());
    }

    /** Returns once nothing of it lives. */
    public void awaitEmpty() {
        Patience.get(containment.whenEmpty(), "that nothing lives in " + containment.name());
    }

    /** Pids of all that lives in it. */
    public List<Long> memberPids() throws BackendException {
        return containment.members().stream().map(ProcessTree.Node::pid).toList();
    }

    @Override
    public void close() throws BackendException {
        containment.kill();
        awaitEmpty();
        awaitExit();
        leader.stdin().ifPresent(pipe -> pipe.close());
        leader.stdout().ifPresent(PipeReader::close);
        leader.stderr().ifPresent(PipeReader::close);
        containment.close();
    }
}
