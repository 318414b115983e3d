package pm.core.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import pm.core.backend.OpenedBackend;

/** Trees that survived, and containers that could not be removed: tried again every so often. Safe for use by any thread. */
final class FailedCleanups {
    /** One of them. */
    interface Remainder {
        /** Whether it is this backend's. */
        boolean isOn(OpenedBackend backend);

        /** Tries once more, and says so to the books when it is made good. Takes its time. */
        void retry();
    }

    private final Set<Remainder> failed = ConcurrentHashMap.newKeySet();

    void add(Remainder remainder) {
        failed.add(remainder);
    }

    void remove(Remainder remainder) {
        failed.remove(remainder);
    }

    boolean anyOn(OpenedBackend backend) {
        return failed.stream().anyMatch(remainder -> remainder.isOn(backend));
    }

    int count() {
        return failed.size();
    }

    /** Tries each once more. Takes its time. */
    void retry() {
        failed.forEach(Remainder::retry);
    }
}
