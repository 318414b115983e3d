package pm.tests.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import pm.api.PmApi;

/** Real OSGi frameworks, each in a JVM of its own, with callers and backends that were compiled against other versions of the API. */
class ContainerVersionsIT {
    private static final Path TARGET = Path.of(System.getProperty("pm.root"), "pm.tests", "target");

    private static final Map<Container, String> SAID = new EnumMap<>(Container.class);

    /** A framework, named as its jar. */
    enum Container {
        FELIX("org.apache.felix.framework"),
        EQUINOX("org.eclipse.osgi");

        private final String jar;

        Container(String jar) {
            this.jar = jar;
        }

        /** Its jar and this class's folder: nothing of pm, which is to come from bundles. */
        String classPath() {
            return ReactorJars.path(
                    List.of(TARGET.resolve(Path.of("osgi", "framework", jar + ".jar"))),
                    TARGET.resolve("test-classes"));
        }
    }

    @BeforeAll
    static void runBoth(@TempDir Path folder) throws Exception {
        Path api2 = ApiSources.present().inVersion("2.0.0").build("2.0.0", folder.resolve("api"));
        try (Jvms jvms = new Jvms()) {
            for (Container container : Container.values()) {
                Jvms.Output output = jvms.java(
                        "-cp",
                        container.classPath(),
                        "-Dpm.root=" + System.getProperty("pm.root"),
                        "-Dorg.ops4j.pax.logging.DefaultServiceLog.level=WARN",
                        ContainerMain.class.getName(),
                        folder.resolve(container.name()).toString(),
                        TARGET.resolve(Path.of("osgi", "bundles")).toString(),
                        api2.toString());
                assertThat(output.status()).as(output.text()).isZero();
                SAID.put(container, output.text());
            }
        }
    }

    static Stream<Arguments> fixtures() {
        return Stream.of(Container.values())
                .flatMap(container -> Fixture.all().map(fixture -> Arguments.of(container, fixture)));
    }

    private static List<String> lines(Container container, String text) {
        return SAID.get(container).lines().filter(line -> line.contains(text)).toList();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theResolverGoesByTheImportRange(Container container, Fixture fixture) {
        assertThat(lines(container, "resolved: " + fixture + ".jar")).hasSize(fixture.fits() ? 1 : 0);
        assertThat(lines(container, "refused: " + fixture + ".jar: ")).hasSize(fixture.fits() ? 0 : 2);
    }

    /** As soon as both are there, whether the bundle came before pm.core or after it, and not again when somebody tries to start it. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void aRefusedBundleIsLoggedOnceWithBothVersionsAndItsJar(Container container, Fixture fixture) {
        List<String> logged = lines(container, " ERROR : ").stream()
                .filter(line -> line.contains(fixture.jar().toUri().toString()))
                .toList();

        if (fixture.fits()) {
            assertThat(logged).isEmpty();
        } else {
            assertThat(logged).singleElement().asString().contains(message(fixture));
            assertThat(SAID.get(container).split("\nrefused: ", 2)[0]).contains(logged.get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void whoAsksGetsTheSameMessage(Container container, Fixture fixture) {
        assertThat(lines(container, "message: Could not resolve a bundle: ").stream()
                        .filter(line -> line.contains(message(fixture))))
                .hasSize(fixture.fits() ? 0 : 1);
    }

    /** Then the framework wires those of 2.0.0 to the other. */
    @ParameterizedTest
    @EnumSource
    void besideAnotherApiOnlyWhatNeitherServesIsRefused(Container container) {
        assertThat(lines(container, "beside another: "))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).contains("installed is pm.api 1.0.0 and 2.0.0"))
                .noneSatisfy(line -> assertThat(line).contains("-2.0.0.jar"));
    }

    /** Class loaders of bundles do not see each other's services, and what the host's class path has is another pm. */
    @ParameterizedTest
    @EnumSource
    void openSaysThatTheServiceIsTheWay(Container container) {
        assertThat(lines(container, "open: ")).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("NoBackendException", "in OSGi use the ProcessManager service"));
    }

    @ParameterizedTest
    @EnumSource
    void theGuideShowsTheVeryMessages(Container container) throws IOException {
        assertThat(VersionsGuide.messages("OSGi")).isNotEmpty().allSatisfy(message -> assertThat(SAID.get(container))
                .containsPattern(message));
    }

    /** A backend implements pm.spi, which is another package and a narrower range. */
    private static String message(Fixture fixture) {
        String[] version = fixture.api().split("\\.", -1);
        int major = Integer.parseInt(version[0]);
        int minor = Integer.parseInt(version[1]);
        String range = fixture.kind() == Fixture.Kind.CONSUMER
                ? "pm.api [" + fixture.api() + "," + (major + 1) + ".0.0)"
                : "pm.spi [" + fixture.api() + "," + major + "." + (minor + 1) + ".0)";
        return fixture.moduleName() + " " + Fixture.OWN_VERSION + " ("
                + fixture.jar().toUri() + ") was compiled against " + range + ", installed is pm.api " + PmApi.VERSION;
    }
}
