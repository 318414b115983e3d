package pm.backend.windows.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import pm.api.Capabilities;
import pm.api.Capabilities.Level;
import pm.api.LimitKind;

class JobCapabilitiesTest {
    @Test
    void windowsHoldsWhatJobsCanLimit() {
        Capabilities windows = JobCapabilities.decide(Optional.empty(), Optional.empty());
        for (LimitKind kind : LimitKind.values()) {
            Level expected =
                    switch (kind) {
                        case MEMORY, CPUS, PROCESSES, PROCESS_MEMORY, AFFINITY -> Level.ENFORCED;
                        case NICE -> Level.APPROXIMATED;
                        default -> Level.UNSUPPORTED;
                    };
            assertThat(windows.of(kind).level()).as(kind.label()).isEqualTo(expected);
            assertThat(windows.of(kind).reason()).isNotBlank();
        }
    }

    @Test
    void whereTheSystemTakesNoRateThereIsNoLimitOfCpus() {
        Capabilities.Support cpus = JobCapabilities.decide(Optional.empty(), Optional.of("error 87"))
                .of(LimitKind.CPUS);
        assertThat(cpus.level()).isEqualTo(Level.UNSUPPORTED);
        assertThat(cpus.reason()).contains("error 87");
    }

    @Test
    void wineHoldsNothing() {
        Capabilities wine = JobCapabilities.decide(Optional.of("8.0"), Optional.empty());
        for (LimitKind kind : LimitKind.values()) {
            assertThat(wine.of(kind).level()).as(kind.label()).isEqualTo(Level.UNSUPPORTED);
        }
        assertThat(wine.of(LimitKind.MEMORY).reason()).contains("Wine 8.0");
    }
}
