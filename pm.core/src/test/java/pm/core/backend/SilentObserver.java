package pm.core.backend;

import java.util.List;
import pm.api.ProcessTree;
import pm.spi.SessionObserver;

/** Hears nothing. */
public final class SilentObserver implements SessionObserver {
    @Override
    public void guardLost(String reason) {}

    @Override
    public void guardRestored() {}

    @Override
    public void leftoversRemoved(String container, List<ProcessTree.Node> orphans) {}

    @Override
    public void warned(String message) {}
}
