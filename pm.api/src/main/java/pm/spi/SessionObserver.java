package pm.spi;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import pm.api.ProcessTree;

/** Implemented by the core. Called on the backend's threads; returns at once and throws nothing. */
@ProviderType
public interface SessionObserver {
    /** The crash guard died; a new one is being started. Until it is ready spawns wait. */
    void guardLost(String reason);

    /** A guard is ready again. */
    void guardRestored();

    /** A container of a dead manager, or one of our own that is no tree's, was found, its processes killed, and it was removed. */
    void leftoversRemoved(String container, List<ProcessTree.Node> orphans);

    /** Something is not as it should be, and the work goes on. */
    void warned(String message);
}
