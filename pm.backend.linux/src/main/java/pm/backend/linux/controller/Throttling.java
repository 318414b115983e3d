package pm.backend.linux.controller;

import java.util.Locale;
import java.util.OptionalDouble;
import pm.api.LimitKind;

/** What cpu.stat tells of periods in which the CPU was withheld. */
final class Throttling {
    private static final double NANOS_PER_MILLI = 1_000_000;

    private Throttling() {}

    /**
     * Reads it.
     *
     * @param text of cpu.stat
     * @param timeKey the key of the time in which tasks were held back
     * @param nanosPerUnit of that time
     */
    static void read(String text, String timeKey, long nanosPerUnit, Figures figures) {
        long periods = Keyed.value(text, "nr_periods").orElse(0);
        if (periods == 0) {
            return;
        }
        long throttled = Keyed.value(text, "nr_throttled").orElse(0);
        double millis = Keyed.value(text, timeKey).orElse(0) * nanosPerUnit / NANOS_PER_MILLI;
        figures.throttledShare = OptionalDouble.of((double) throttled / periods);
        figures.violated(
                LimitKind.CPUS,
                throttled,
                String.format(
                        Locale.ROOT,
                        "the CPU was withheld in %d of %d periods, %.0f ms in all",
                        throttled,
                        periods,
                        millis));
    }
}
