package pm.contract;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import pm.api.ProcessTree;
import pm.spi.SessionObserver;

/** Keeps what a session tells: in the contract's tests nothing happens that it should tell of. Safe for use by any thread. */
final class RecordedObserver implements SessionObserver {
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    Queue<String> told() {
        return told;
    }

    @Override
    public void guardLost(String reason) {
        told.add("guard lost: " + reason);
    }

    @Override
    public void guardRestored() {
        told.add("guard restored");
    }

    /** Not a fault: another test run on this host may have been killed. */
    @Override
    public void leftoversRemoved(String container, List<ProcessTree.Node> orphans) {}

    @Override
    public void warned(String message) {
        told.add("warned: " + message);
    }
}
