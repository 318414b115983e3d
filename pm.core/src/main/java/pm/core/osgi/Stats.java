package pm.core.osgi;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import pm.api.Metrics;
import pm.api.ProcessManager;

/** What a manager has counted, for a person. */
final class Stats {
    private final StringBuilder text = new StringBuilder();

    private Stats() {}

    static String of(ProcessManager manager) {
        Metrics metrics = manager.metrics();
        Stats stats = new Stats();
        stats.line("manager", manager.instanceId());
        stats.line("active", metrics.active());
        stats.line("spawned", metrics.spawned());
        stats.lines("spawn failures", metrics.spawnFailures());
        stats.lines("exits", metrics.exits());
        stats.lines("timeouts", metrics.timeouts());
        stats.lines("limits met", metrics.limitViolations());
        stats.line("cleanups", metrics.cleanups());
        stats.line("cleanup failures", metrics.cleanupFailures());
        stats.lines("steps", metrics.escalationSteps());
        stats.line("spawn latency", latency(metrics.spawnLatency()));
        stats.line("cleanup latency", latency(metrics.cleanupLatency()));
        return stats.text.toString();
    }

    private static String latency(Metrics.Latency latency) {
        return "median " + latency.median().toMillis() + " ms, 99 of 100 "
                + latency.p99().toMillis() + " ms, max " + latency.max().toMillis() + " ms";
    }

    private void lines(String word, Map<?, Long> counts) {
        if (!counts.isEmpty()) {
            line(word, new TreeMap<>(counts));
        }
    }

    private void line(String word, Object found) {
        text.append(String.format(Locale.ROOT, "%-19s %s%n", word, found));
    }
}
