package pm.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import pm.api.BackendReport.Refusal;
import pm.api.NoBackendException;
import pm.api.PmApi;
import pm.api.Setting;
import pm.api.Settings;
import pm.core.settings.SettingsReader;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.SessionRequest;

class BackendChoiceTest {
    private static SessionRequest request(Settings settings) {
        return new SessionRequest(
                "test",
                1,
                SettingsReader.read(settings, Map.of(), new Properties(), Map.of())
                        .effective(),
                new SilentObserver());
    }

    private static OpenedBackend open(Settings settings, BackendProvider... providers) {
        return new BackendChoice(new BackendDiscovery(List.of(providers), List.of())).open(request(settings));
    }

    private static NoBackendException refuse(Settings settings, BackendProvider... providers) {
        return catchThrowableOfType(NoBackendException.class, () -> open(settings, providers));
    }

    private static Map<String, List<String>> refusals(OpenedBackend opened) {
        return opened.report().refused().stream().collect(Collectors.toMap(Refusal::name, Refusal::reasons));
    }

    @Test
    void highestRankingIsChosenAndTheOthersAreRefusedWithTheReason() {
        OpenedBackend opened = open(
                Settings.none(),
                FixedBackend.named("low").ranking(1),
                FixedBackend.named("high").ranking(10));

        assertThat(opened.report().name()).isEqualTo("high");
        assertThat(opened.report().reason()).contains("highest ranking (10)");
        assertThat(opened.report().containment()).isEqualTo("container of high");
        assertThat(opened.report().facts()).containsExactly("fact of high");
        assertThat(refusals(opened)).containsOnlyKeys("low");
        assertThat(refusals(opened).get("low")).singleElement().asString().contains("ranking 1", "behind high");
    }

    @Test
    void tiesGoByName() {
        assertThat(open(Settings.none(), FixedBackend.named("b"), FixedBackend.named("a"))
                        .report()
                        .name())
                .isEqualTo("a");
    }

    @Test
    void namedBackendGoesBeforeRanking() {
        OpenedBackend opened = open(
                Settings.none().with(Setting.BACKEND, "low"),
                FixedBackend.named("low").ranking(1),
                FixedBackend.named("high").ranking(10));

        assertThat(opened.report().name()).isEqualTo("low");
        assertThat(opened.report().reason()).contains("asked for", "CODE");
        assertThat(refusals(opened)).containsOnlyKeys("high");
    }

    @Test
    void namedBackendThatCannotBeUsedIsNeverReplacedByAnother() {
        NoBackendException thrown = refuse(
                Settings.none().with(Setting.BACKEND, "named"),
                FixedBackend.named("named").reasonsAgainst("wrong system"),
                FixedBackend.named("other"));

        assertThat(thrown)
                .hasMessageContainingAll(
                        "Could not open the backend 'named'", "named was refused: wrong system", "other was refused");
    }

    @Test
    void unusableBackendIsPassedOver() {
        OpenedBackend opened = open(
                Settings.none(),
                FixedBackend.named("best").ranking(10).reasonsAgainst("no cgroup", "no launcher"),
                FixedBackend.named("second").ranking(5));

        assertThat(opened.report().name()).isEqualTo("second");
        assertThat(refusals(opened)).containsEntry("best", List.of("no cgroup", "no launcher"));
    }

    @Test
    void nextIsTriedWhenOpeningFails() {
        OpenedBackend opened = open(
                Settings.none(),
                FixedBackend.named("best").ranking(10).failing(() -> new BackendException("Could not open: full")),
                FixedBackend.named("second").ranking(5));

        assertThat(opened.report().name()).isEqualTo("second");
        assertThat(refusals(opened)).containsEntry("best", List.of("Could not open: full"));
    }

    @Test
    void backendOfAnotherMinorVersionIsRefusedWithBothVersionsAndItsJar() {
        String place = FixedBackend.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();

        NoBackendException thrown =
                refuse(Settings.none(), FixedBackend.named("old").apiVersion("1.99.0"));

        assertThat(thrown).hasMessageContainingAll("old was refused", "1.99.0", PmApi.installedVersion(), place);
    }

    @Test
    void backendThatThrowsIsRefusedAndItsErrorKept() {
        RuntimeException error = new IllegalStateException("broken inside");

        NoBackendException asked =
                refuse(Settings.none(), FixedBackend.named("a").throwingWhenAsked(error));
        NoBackendException opened =
                refuse(Settings.none(), FixedBackend.named("b").failing(() -> {
                    throw new NoClassDefFoundError("com/sun/jna/Native");
                }));

        assertThat(asked).hasMessageContaining("broken inside").hasSuppressedException(error);
        assertThat(opened).hasMessageContainingAll("b was refused", "com/sun/jna/Native");
    }

    @Test
    void sessionThatCannotBeDescribedIsClosedAndRefused() {
        FixedBackend broken = FixedBackend.named("a").throwingWhenDescribed(new IllegalStateException("broken inside"));
        FixedBackend other = FixedBackend.named("b");

        OpenedBackend opened = open(Settings.none(), broken, other);

        assertThat(opened.report().name()).isEqualTo("b");
        assertThat(refusals(opened).get("a")).singleElement().asString().contains("broken inside");
        assertThat(broken.isSessionOpen()).isFalse();
        assertThat(other.isSessionOpen()).isTrue();
    }

    @Test
    void everyRefusalIsInTheException() {
        BackendDiscovery discovery = new BackendDiscovery(
                List.of(
                        FixedBackend.named("a").reasonsAgainst("reason of a"),
                        FixedBackend.named("b").failing(() -> new BackendException("reason of b"))),
                List.of(new Refusal("(not loaded)", List.of("reason of c"))));

        NoBackendException thrown = catchThrowableOfType(
                NoBackendException.class, () -> new BackendChoice(discovery).open(request(Settings.none())));

        assertThat(thrown).hasMessageContainingAll("reason of a", "reason of b", "reason of c", "instance test");
        assertThat(thrown.getSuppressed()).hasSize(1);
    }

    @Test
    void withoutAnyCandidateTheMessageSaysWhatToAdd() {
        assertThat(refuse(Settings.none())).hasMessageContainingAll("none was found", "pm.backend.linux");
    }
}
