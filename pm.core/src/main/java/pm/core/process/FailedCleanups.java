package pm.core.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import pm.core.backend.OpenedBackend;

/** Trees that survived, and containers that could not be removed: tried again every so often. Safe for use by any thread. */
final class FailedCleanups {
    private final Set<Supervision> failed = ConcurrentHashMap.newKeySet();

    void add(Supervision supervision) {
        failed.add(supervision);
    }

    void remove(Supervision supervision) {
        failed.remove(supervision);
    }

    boolean anyOn(OpenedBackend backend) {
        return failed.stream().anyMatch(supervision -> supervision.isOn(backend));
    }

    int count() {
        return failed.size();
    }

    /** Tries each once more. Takes its time. */
    void retry() {
        failed.forEach(Supervision::retry);
    }
}
