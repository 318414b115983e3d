package pm.core.process;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import pm.core.backend.OpenedBackend;

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
                .sorted(Comparator.comparingLong(process -> process.born().number()))
                .toList();
    }

    /** Whether a backend has a tree, or streams that somebody may still read. */
    boolean anyOn(OpenedBackend backend) {
        readable.removeIf(process -> !process.hasOpenStreams());
        return Stream.concat(active.values().stream(), readable.stream())
                .anyMatch(process -> process.born().isOn(backend));
    }

    /** Closes the streams that nobody has read to their end. */
    void closeStreams(Predicate<SupervisedProcess> which) {
        readable.stream().filter(which).forEach(SupervisedProcess::closeStreams);
        readable.removeIf(which);
    }
}
