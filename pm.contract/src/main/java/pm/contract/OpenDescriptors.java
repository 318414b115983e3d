package pm.contract;

import org.junit.jupiter.api.Assumptions;

/** Counts descriptors for tests that say that none stays open. */
final class OpenDescriptors {
    private OpenDescriptors() {}

    /** How many this JVM has; leaves the test out, visibly, where that cannot be asked. */
    static long count() {
        return OperatingSystem.openDescriptors()
                .orElseGet(() -> Assumptions.abort("Left out: this system does not tell which descriptors are open"));
    }
}
