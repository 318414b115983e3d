package pm.backend.linux;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import pm.api.ProcessTree;
import pm.spi.SessionObserver;

/** Keeps what a session tells. */
final class RecordingObserver implements SessionObserver {
    record Leftover(String container, List<ProcessTree.Node> orphans) {}

    final List<String> lost = new CopyOnWriteArrayList<>();
    final List<String> restored = new CopyOnWriteArrayList<>();
    final List<Leftover> leftovers = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public void guardLost(String reason) {
        lost.add(reason);
    }

    @Override
    public void guardRestored() {
        restored.add("restored");
    }

    @Override
    public void leftoversRemoved(String container, List<ProcessTree.Node> orphans) {
        leftovers.add(new Leftover(container, orphans));
    }

    @Override
    public void warned(String message) {
        warnings.add(message);
    }
}
