package pm.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pm.api.LimitKind;
import pm.api.LimitViolation;

class LimitWatchTest {
    private static final LimitViolation.Victim VICTIM = new LimitViolation.Victim(5, "hog");

    private final LimitWatch watch = new LimitWatch();
    private final List<String> told = new ArrayList<>();

    private static LimitViolation met(LimitKind kind, long times) {
        return new LimitViolation(kind, times, "so it was", Optional.empty());
    }

    private static LimitViolation met(long times, LimitViolation.Victim victim) {
        return new LimitViolation(LimitKind.MEMORY, times, "so it was", Optional.of(victim));
    }

    private void start() {
        watch.start((violation, again) -> told.add(violation.kind() + " " + violation.times()
                + violation.victim().map(victim -> " " + victim.command()).orElse("") + (again ? " again" : "")));
    }

    @Test
    void aForkBombMakesAFewEventsAndTheLastHasTheWholeCount() {
        start();
        for (long times = 1; times <= 100_000; times++) {
            watch.accept(met(LimitKind.PROCESSES, times));
        }
        watch.end(List.of(met(LimitKind.PROCESSES, 123_456)));

        assertThat(told)
                .containsExactly(
                        "PROCESSES 1",
                        "PROCESSES 10 again",
                        "PROCESSES 100 again",
                        "PROCESSES 1000 again",
                        "PROCESSES 10000 again",
                        "PROCESSES 100000 again",
                        "PROCESSES 123456 again");
    }

    @Test
    void whatWasToldLiveIsNotToldOnceMoreAtTheEnd() {
        start();
        watch.accept(met(1, VICTIM));

        assertThat(watch.end(List.of(met(1, VICTIM)))).containsExactly(met(1, VICTIM));
        assertThat(told).containsExactly("MEMORY 1 hog");
    }

    @Test
    void whatIsKnownOnlyAtTheEndIsToldThen() {
        start();
        watch.accept(met(LimitKind.MEMORY, 1));
        watch.end(List.of(met(1, VICTIM), met(LimitKind.CPUS, 4)));

        assertThat(told).containsExactly("MEMORY 1", "MEMORY 1 hog again", "CPUS 4");
    }

    @Test
    void aVictimAndAKindThatOnlyTheLiveNewsKnewAreKept() {
        start();
        watch.accept(met(1, VICTIM));
        watch.accept(met(LimitKind.PROCESSES, 2));

        assertThat(watch.end(List.of(met(LimitKind.MEMORY, 1))))
                .containsExactly(met(1, VICTIM), met(LimitKind.PROCESSES, 2));
    }

    @Test
    void whatComesBeforeAnybodyListensIsKeptAndWhatComesAfterTheEndIsDropped() {
        watch.accept(met(LimitKind.PROCESSES, 1));
        watch.accept(met(LimitKind.PROCESSES, 2));
        assertThat(told).isEmpty();
        start();
        watch.end(List.of());
        watch.accept(met(LimitKind.PROCESSES, 1000));

        assertThat(told).containsExactly("PROCESSES 2");
    }

    @Test
    void theEndMayComeTwice() {
        start();
        watch.end(List.of(met(LimitKind.CPUS, 1)));

        assertThat(watch.end(List.of(met(LimitKind.CPUS, 2)))).containsExactly(met(LimitKind.CPUS, 2));
        assertThat(told).containsExactly("CPUS 1", "CPUS 2 again");
    }
}
