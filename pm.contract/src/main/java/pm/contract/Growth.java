package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/**
 * What this JVM has more than before, of threads and descriptors. A few are nobody's fault: libraries clean up in threads of their own, and
 * the JVM opens jars when it needs them.
 */
final class Growth {
    private final int few;
    private final Set<Thread> threads = Thread.getAllStackTraces().keySet();
    private final Supplier<OptionalInt> open;
    private final long descriptors;

    private Growth(int few, Supplier<OptionalInt> open) {
        this.few = few;
        this.open = open;
        this.descriptors = openDescriptors();
    }

    /**
     * Begins to look. Where descriptors cannot be counted the test is left out, visibly.
     *
     * @param few less than one for each thing that is going to be done
     * @param open how many descriptors are open
     */
    static Growth from(int few, Supplier<OptionalInt> open) {
        return new Growth(few, open);
    }

    private long openDescriptors() {
        return open.get()
                .orElseGet(() -> Assumptions.abort("Left out: this system does not tell which descriptors are open"));
    }

    private Set<Thread> newThreads() {
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(threads);
        return now;
    }

    void assertFewThreads() {
        assertThat(newThreads()).as("threads that were not there before").hasSizeLessThan(few);
    }

    void awaitFewThreads() {
        Patience.until("that threads end", () -> newThreads().size() < few);
    }

    void awaitFewDescriptors() {
        Patience.until("that descriptors are closed", () -> openDescriptors() < descriptors + few);
    }
}
