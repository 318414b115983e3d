package pm.core.process;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every process whose tree is not proven gone, and those whose streams are still open. Reads take no lock. Safe for use by any thread. */
final class Registry {
    private final Map<String, SupervisedProcess> active = new ConcurrentHashMap<>();
    private final Set<SupervisedProcess> readable = ConcurrentHashMap.newKeySet();

    void add(SupervisedProcess process) {
        active.put(process.id(), process);
    }

    /** Its tree is gone. Its streams are kept in mind while the caller has not read them to their end. */
    void ended(SupervisedProcess process) {
        active.remove(process.id());
        readable.removeIf(other -> !other.hasOpenStreams());
        if (process.hasOpenStreams()) {
            readable.add(process);
        }
    }

    Optional<SupervisedProcess> find(String processId) {
        return Optional.ofNullable(active.get(processId));
    }

    /** Oldest first. */
    List<SupervisedProcess> all() {
        return active.values().stream()
                .sorted(Comparator.comparingLong(SupervisedProcess::number))
                .toList();
    }

    /** Closes the streams that nobody has read to their end. */
    void closeStreams() {
        readable.forEach(SupervisedProcess::closeStreams);
        readable.clear();
    }
}
