package pm.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What existed before the tests; closing it fails unless everything newer is gone. */
final class Baseline implements AutoCloseable {
    private final Map<Inventory, Map<String, String>> before = new HashMap<>();
    private final Duration patience;

    Baseline(List<Inventory> inventories, Duration patience) {
        this.patience = patience;
        for (Inventory inventory : inventories) {
            before.put(inventory, inventory.takeBefore());
        }
    }

    @Override
    public void close() {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .atMost(patience)
                    .until(() -> leaks().isEmpty());
        } catch (ConditionTimeoutException stillThere) {
            throw new AssertionError("The tests left behind: " + String.join(", ", leaks()), stillThere);
        }
    }

    private List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        before.forEach((inventory, known) -> {
            Map<String, String> now = new HashMap<>(inventory.take());
            now.keySet().removeAll(known.keySet());
            leaks.addAll(now.values());
        });
        return leaks;
    }
}
