package pm.tests.versions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Makes the committed jars anew: each fixture compiled by javac and wrapped by bnd against an API that differs from today's in its version
 * only. To be run on JDK 17 with the test class path when a fixture's source changes; see CONTRIBUTING.
 */
public final class FixtureMaker {
    private FixtureMaker() {}

    /** Writes them over those that are there. */
    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(System.getProperty("pm.root"), "pm.tests", "target");
        Path work = Files.createTempDirectory(target, "fixtures");
        for (String version : Fixture.versions()) {
            Path api = ApiSources.present().inVersion(version).build(version, work.resolve(version));
            for (Fixture.Kind kind : Fixture.Kind.values()) {
                Fixture fixture = new Fixture(kind, version);
                Files.createDirectories(fixture.jar().getParent());
                Files.copy(make(fixture, api), fixture.jar(), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Makes one of them beside the API. */
    static Path make(Fixture fixture, Path api) throws Exception {
        return JarBuild.make(
                fixture.moduleName(),
                Fixture.OWN_VERSION,
                fixture.sources(),
                List.of(api),
                api.resolveSibling(fixture + ".jar"));
    }
}
