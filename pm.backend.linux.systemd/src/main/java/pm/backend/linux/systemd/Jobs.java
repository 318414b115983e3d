package pm.backend.linux.systemd;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Jobs of systemd whose end somebody waits for. Safe for use by any thread. */
final class Jobs {
    // The signal JobRemoved has the job's number, its path, the unit and the result.
    private static final int UNIT = 2;
    private static final int RESULT = 3;

    private final Map<String, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();

    /**
     * Before the job is asked for, since it may be over before its number is known.
     *
     * @return completes with the job's result
     */
    CompletableFuture<String> await(String unit) {
        CompletableFuture<String> result = new CompletableFuture<>();
        awaited.put(unit, result);
        return result;
    }

    /** Nobody waits any more. */
    void forget(String unit) {
        awaited.remove(unit);
    }

    /** A job is over. */
    void removed(Object... signal) {
        if (signal.length > RESULT) {
            CompletableFuture<String> result = awaited.get(signal[UNIT].toString());
            if (result != null) {
                result.complete(signal[RESULT].toString());
            }
        }
    }
}
