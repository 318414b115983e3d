package pm.core.health;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Remembers what was seen in earlier checks, for as long as it is still seen: to tell what lasts from what passes, and what was told
 * already. Safe for use by any thread.
 *
 * @param <K> identifies what is seen
 */
final class Sightings<K> {
    private final Duration patience;
    private final Map<K, Instant> since = new HashMap<>();
    private final Set<K> told = new HashSet<>();

    Sightings(Duration patience) {
        this.patience = patience;
    }

    /**
     * Takes what is seen now.
     *
     * @param seen each thing with the time since when it may be there
     * @return what has been there for as long as our patience
     */
    synchronized Set<K> lasting(Map<K, Instant> seen, Instant now) {
        since.keySet().retainAll(seen.keySet());
        told.retainAll(seen.keySet());
        seen.forEach(since::putIfAbsent);
        Set<K> lasting = new HashSet<>();
        since.forEach((key, time) -> {
            if (!time.plus(patience).isAfter(now)) {
                lasting.add(key);
            }
        });
        return lasting;
    }

    /** Whether this is the first time that it is told. */
    synchronized boolean tell(K key) {
        return told.add(key);
    }
}
