package pm.tests.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pm.api.PmApi;
import pm.spi.BackendProvider;
import pm.tests.versions.Fixture.Kind;

/** Each committed jar is what its name says: everything that tells a version in it tells that one. */
class FixturesTest {
    static Stream<Fixture> all() {
        return Fixture.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void itsModuleRecordsTheVersion(Fixture fixture) {
        ModuleDescriptor module = ModuleFinder.of(fixture.jar())
                .find(fixture.moduleName())
                .orElseThrow()
                .descriptor();

        assertThat(module.rawVersion()).contains(Fixture.OWN_VERSION);
        assertThat(module.requires())
                .filteredOn(required -> required.name().equals("pm.api"))
                .singleElement()
                .satisfies(required -> assertThat(required.rawCompiledVersion()).contains(fixture.api()));
    }

    /** It runs on today's API here, and still tells of the other. */
    @ParameterizedTest
    @MethodSource("all")
    void itsClassesHaveTheConstantInThem(Fixture fixture) throws Exception {
        URL[] jar = {fixture.jar().toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(jar, PmApi.class.getClassLoader())) {
            Object constant = fixture.kind() == Kind.CONSUMER
                    ? loader.loadClass("fixture.consumer.Consumer")
                            .getMethod("compiledAgainst")
                            .invoke(null)
                    : loader.loadClass("fixture.backend.FixtureBackendProvider")
                            .asSubclass(BackendProvider.class)
                            .getConstructor()
                            .newInstance()
                            .apiVersion();

            assertThat(constant).isEqualTo(fixture.api());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.9.0 | [0.9,1) | [0.9,0.10)",
                "1.0.0 | [1.0,2) | [1.0,1.1)",
                "1.1.0 | [1.1,2) | [1.1,1.2)",
                "2.0.0 | [2.0,3) | [2.0,2.1)",
            })
    void itsBundleImportsTheRange(String api, String caller, String implementer) throws IOException {
        assertThat(imports(new Fixture(Kind.CONSUMER, api))).isEqualTo("pm.api;version=\"" + caller + "\"");
        assertThat(imports(new Fixture(Kind.BACKEND, api))).contains("pm.spi;version=\"" + implementer + "\"");
    }

    /** Made again it has the same entries and headers; only what is in its classes may depend on the javac of the day. */
    @ParameterizedTest
    @MethodSource("all")
    void itIsMadeOfTheSourcesBesideIt(Fixture fixture, @TempDir Path folder) throws Exception {
        Path api = ApiSources.present().inVersion(fixture.api()).build(fixture.api(), folder);

        try (JarFile made = new JarFile(FixtureMaker.make(fixture, api).toFile());
                JarFile committed = new JarFile(fixture.jar().toFile())) {
            assertThat(made.stream().map(JarEntry::getName))
                    .containsExactlyElementsOf(
                            committed.stream().map(JarEntry::getName).toList());
            assertThat(made.getManifest()).isEqualTo(committed.getManifest());
        }
    }

    private static String imports(Fixture fixture) throws IOException {
        try (JarFile jar = new JarFile(fixture.jar().toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Import-Package");
        }
    }
}
