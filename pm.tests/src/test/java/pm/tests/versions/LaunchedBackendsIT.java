package pm.tests.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pm.api.PmApi;
import pm.tests.versions.Fixture.Kind;
import pm.tests.versions.Jvms.Output;

/** Real JVMs on class path and module path: how core and backends are found, and why which backend is taken. */
class LaunchedBackendsIT {
    private static final Fixture CALLER = new Fixture(Kind.CONSUMER, PmApi.VERSION);
    private static final Fixture BACKEND = new Fixture(Kind.BACKEND, PmApi.VERSION);

    private static Jvms jvms;

    @BeforeAll
    static void open() {
        jvms = new Jvms();
    }

    @AfterAll
    static void close() {
        jvms.close();
    }

    private static Output withTwoBackends(Launch launch, String... options) throws InterruptedException {
        return launch.run(jvms, List.of(options), ReactorJars.all(), CALLER.jar(), BACKEND.jar());
    }

    /** It is asked first, and only when it cannot be opened comes the next. */
    @ParameterizedTest
    @EnumSource
    void theHighestRankingComesFirst(Launch launch) throws Exception {
        assertThat(withTwoBackends(launch, "-Dfixture.ranking=1000000").text())
                .contains("backend: linux, highest ranking", "refused: fixture: Could not open the fixture");
    }

    @ParameterizedTest
    @EnumSource
    void aLowerRankingStaysBehind(Launch launch) throws Exception {
        assertThat(withTwoBackends(launch, "-Dfixture.ranking=-1").text())
                .containsPattern("backend: linux, highest ranking \\(\\d+\\)")
                .containsPattern("refused: fixture: ranking -1, behind linux with ranking \\d+");
    }

    @ParameterizedTest
    @EnumSource
    void theOneThatIsNamedGoesBeforeEveryRanking(Launch launch) throws Exception {
        assertThat(withTwoBackends(launch, "-Dpm.backend=linux").text())
                .contains("backend: linux, asked for by the setting backend", "refused: fixture: not the one");
        assertThat(withTwoBackends(launch, "-Dpm.backend=fixture", "-Dfixture.ranking=-1")
                        .text())
                .contains(
                        "Could not open the backend 'fixture'",
                        "fixture was refused: Could not open the fixture",
                        "linux was refused: not the one that was asked for (fixture)");
    }

    @ParameterizedTest
    @EnumSource
    void withoutABackendTheMessageSaysWhatToAdd(Launch launch) throws Exception {
        Output output = launch.run(jvms, List.of(), ReactorJars.withoutBackend(), CALLER.jar());

        assertThat(output.text()).contains("NoBackendException: Could not open a backend: none was found; add one");
        assertThat(output.status()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheCoreTheMessageSaysWhatToAdd(Launch launch) throws Exception {
        Output output = launch.run(jvms, List.of(), List.of(ReactorJars.named("pm.api")), CALLER.jar());

        assertThat(output.text()).contains("NoBackendException: Could not open a process manager: pm.core is neither");
        assertThat(output.status()).isOne();
    }
}
