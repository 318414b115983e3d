package pm.tests.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import pm.api.PmApi;
import pm.tests.versions.Fixture.Kind;
import pm.tests.versions.Jvms.Output;

/** Real JVMs on class path and module path, with callers and backends that were compiled against other versions of the API. */
class LaunchedVersionsIT {
    private static final Fixture CALLER = new Fixture(Kind.CONSUMER, PmApi.VERSION);

    private static Jvms jvms;

    @BeforeAll
    static void open() {
        jvms = new Jvms();
    }

    @AfterAll
    static void close() {
        jvms.close();
    }

    static Stream<Arguments> consumers() {
        return launched(Kind.CONSUMER);
    }

    static Stream<Arguments> backends() {
        return launched(Kind.BACKEND);
    }

    private static Stream<Arguments> launched(Kind kind) {
        return Stream.of(Launch.values())
                .flatMap(launch -> Fixture.all(kind).map(fixture -> Arguments.of(launch, fixture)));
    }

    @ParameterizedTest
    @MethodSource("consumers")
    void callersNeedTheSameMajorVersionAndAtLeastTheirs(Launch launch, Fixture caller) throws Exception {
        Output output = launch.run(jvms, List.of(), ReactorJars.all(), caller.jar());

        if (caller.fits()) {
            assertThat(output.text()).contains("true: exit code 0", "backend: linux");
            assertThat(output.status()).isZero();
        } else {
            assertThat(output.text())
                    .contains("IncompatibleApiException: Could not open", refusal(caller), jar(caller));
            assertThat(output.status()).isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void backendsNeedTheSameMajorAndMinorVersion(Launch launch, Fixture backend) throws Exception {
        Output output =
                launch.run(jvms, List.of("-Dpm.backend=fixture"), ReactorJars.all(), CALLER.jar(), backend.jar());

        assertThat(output.status()).isOne();
        assertThat(output.text()).contains("NoBackendException: Could not open the backend 'fixture': ");
        if (backend.fits()) {
            assertThat(output.text())
                    .contains("fixture was refused: Could not open the fixture: its version fits")
                    .doesNotContain("compiled against");
        } else {
            assertThat(output.text()).contains(refusal(backend), jar(backend));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void whereNoBackendIsNamedARefusedOneIsPassedOverWithTheReason(Launch launch, Fixture backend) throws Exception {
        Output output = launch.run(jvms, List.of(), ReactorJars.all(), CALLER.jar(), backend.jar());

        assertThat(output.text()).contains("true: exit code 0", "backend: linux");
        assertThat(output.text().lines().filter(line -> line.startsWith("refused: fixture: ")))
                .singleElement()
                .asString()
                .contains(backend.fits() ? List.of("its version fits") : List.of(refusal(backend), jar(backend)));
    }

    /** What javac recorded in the module goes before what the caller says. */
    @Test
    void aModuleCannotPassAnotherVersionThanItsOwn() throws Exception {
        Fixture caller = new Fixture(Kind.CONSUMER, "2.0.0");
        String[] options = Stream.concat(
                        Launch.MODULE_PATH.options(ReactorJars.path(ReactorJars.all(), caller.jar())),
                        Stream.of("--as-installed"))
                .toArray(String[]::new);

        Output output = jvms.java(options);

        assertThat(output.text()).contains("IncompatibleApiException: Could not open", refusal(caller), jar(caller));
    }

    @ParameterizedTest
    @EnumSource
    void theGuideShowsTheVeryMessages(Launch launch) throws Exception {
        String said = launch.run(jvms, List.of(), ReactorJars.all(), new Fixture(Kind.CONSUMER, "2.0.0").jar())
                        .text()
                + launch.run(
                                jvms,
                                List.of("-Dpm.backend=fixture"),
                                ReactorJars.all(),
                                CALLER.jar(),
                                new Fixture(Kind.BACKEND, "1.1.0").jar())
                        .text();

        assertThat(VersionsGuide.messages(launch == Launch.CLASS_PATH ? "Class path" : "Module path"))
                .isNotEmpty()
                .allSatisfy(message -> assertThat(said).containsPattern(message));
    }

    private static String refusal(Fixture fixture) {
        return "compiled against pm.api " + fixture.api() + ", installed is pm.api " + PmApi.VERSION;
    }

    private static String jar(Fixture fixture) {
        return fixture.jar().toUri().getPath();
    }
}
