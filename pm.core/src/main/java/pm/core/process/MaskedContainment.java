package pm.core.process;

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

/**
 * A containment whose members are shown without the words that the caller masks: the system shows every process's arguments, and what is
 * read there goes into events, receipts, reports and JMX. A descendant that was given the same word is masked too.
 */
final class MaskedContainment implements Containment {
    private final Containment containment;
    private final WordMask mask;

    private MaskedContainment(Containment containment, WordMask mask) {
        this.containment = containment;
        this.mask = mask;
    }

    /** The same containment when nothing is masked. */
    static Containment of(Containment containment, WordMask mask) {
        return mask.isEmpty() ? containment : new MaskedContainment(containment, mask);
    }

    @Override
    public List<ProcessTree.Node> members() throws BackendException {
        return containment.members().stream().map(mask::apply).toList();
    }

    @Override
    public String name() {
        return containment.name();
    }

    /** A failure may name the program, which may be a masked word; what is behind it may too, and is left out. */
    @Override
    public NativeProcess start(StartRequest request) throws StartException {
        try {
            return containment.start(request);
        } catch (StartException refused) {
            StartException masked = new StartException(refused.kind(), mask.apply(refused.getMessage()));
            masked.setStackTrace(refused.getStackTrace());
            throw masked;
        }
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
    public List<LimitViolation> violations() {
        return containment.violations().stream().map(mask::apply).toList();
    }

    @Override
    public void updateLimits(Limits limits) throws BackendException {
        containment.updateLimits(limits);
    }

    @Override
    public void close() throws BackendException {
        containment.close();
    }
}
