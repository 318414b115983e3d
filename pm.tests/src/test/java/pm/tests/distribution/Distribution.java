package pm.tests.distribution;

import java.nio.file.Path;

/** The files that the build made for containers. */
final class Distribution {
    static final String VERSION = System.getProperty("pm.version");
    private static final Path TARGET = Path.of(System.getProperty("pm.root"), "pm.distribution", "target");
    static final Path FEATURES = TARGET.resolve("features.xml");
    static final Path ARCHIVE = TARGET.resolve("pm.distribution-" + VERSION + ".kar");
    static final Path REPOSITORY = TARGET.resolve("repository");

    private Distribution() {}
}
