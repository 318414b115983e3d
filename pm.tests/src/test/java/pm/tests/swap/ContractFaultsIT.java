package pm.tests.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import pm.api.Setting;
import pm.contract.BackendContract;
import pm.contract.PosixPrograms;
import pm.contract.Programs;
import pm.spi.BackendProvider;

/** The contract finds what a backend does wrong, and nothing where there is nothing. */
class ContractFaultsIT {
    private static final String PATIENCE = "pm.contract.patience";

    private static FaultyBackend backend;

    /** The contract of whatever {@link #backend} is. */
    static class Examined extends BackendContract {
        @Override
        public BackendProvider provider() {
            return backend.provider();
        }

        @Override
        public Programs programs() {
            return new PosixPrograms();
        }

        @Override
        public Map<Setting, String> settings() {
            return Map.of(Setting.CONTAINMENT, "supervision");
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(Faults.ofStarts(), Faults.ofTrees(), Faults.ofLimits(), Faults.ofSessions())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isFound(Fault fault) throws Exception {
        TestExecutionSummary summary = examineWithoutPatience(fault);
        assertThat(summary.getTestsStartedCount()).isPositive();
        assertThat(summary.getFailures()).as("failures of " + fault.finder()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isNotFoundWhereItIsNot(Fault fault) throws Exception {
        TestExecutionSummary summary =
                examine(new Fault("none", Object.class, "none", fault.instead(), fault.finder()));
        assertThat(summary.getFailures())
                .extracting(failure -> failure.getException())
                .isEmpty();
        assertThat(summary.getTestsSucceededCount()).isPositive();
    }

    /** What does not happen would be waited for. */
    private static TestExecutionSummary examineWithoutPatience(Fault fault) throws Exception {
        System.setProperty(PATIENCE, "PT2S");
        try {
            return examine(fault);
        } finally {
            System.clearProperty(PATIENCE);
        }
    }

    private static TestExecutionSummary examine(Fault fault) throws Exception {
        BackendProvider right =
                ServiceLoader.load(BackendProvider.class).findFirst().orElseThrow();
        try (FaultyBackend faulty = new FaultyBackend(fault, right)) {
            backend = faulty;
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectMethod(Examined.class, fault.finder()))
                    .build();
            LauncherFactory.create().execute(request, listener);
            return listener.getSummary();
        }
    }
}
