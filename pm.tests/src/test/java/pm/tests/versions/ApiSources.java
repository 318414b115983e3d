package pm.tests.versions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import pm.api.PmApi;

/** The sources of pm.api, to be changed and built: the API as it might be in another version. Immutable. */
final class ApiSources {
    private static final Path PRESENT = Path.of(System.getProperty("pm.root"), "pm.api", "src", "main", "java");

    /** Text by path. */
    private final Map<String, String> files;

    private ApiSources(Map<String, String> files) {
        this.files = files;
    }

    /** As they are. */
    static ApiSources present() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(PRESENT)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(PRESENT.relativize(file).toString(), Files.readString(file));
            }
        }
        return new ApiSources(files);
    }

    /** With another value of the one constant, and nothing else changed. */
    ApiSources inVersion(String version) {
        return replacing("pm/api/PmApi.java", "VERSION = \"" + PmApi.VERSION + "\"", "VERSION = \"" + version + "\"");
    }

    /** With another text in one file. */
    ApiSources replacing(String file, String text, String other) {
        if (!files.getOrDefault(file, "").contains(text)) {
            throw new IllegalArgumentException("Could not change " + file + ": '" + text + "' is not in it");
        }
        Map<String, String> changed = new TreeMap<>(files);
        changed.put(file, files.get(file).replace(text, other));
        return new ApiSources(changed);
    }

    /** With one file less. */
    ApiSources without(String file) {
        Map<String, String> changed = new TreeMap<>(files);
        if (changed.remove(file) == null) {
            throw new IllegalArgumentException("Could not remove " + file + ": it is not there");
        }
        return new ApiSources(changed);
    }

    /**
     * Builds it.
     *
     * @param version of module and bundle
     * @param folder new, for the jar and what it is made of
     */
    Path build(String version, Path folder) throws Exception {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path copy = folder.resolve("sources").resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, file.getValue());
        }
        return JarBuild.make("pm.api", version, folder.resolve("sources"), annotations(), folder.resolve("pm.api.jar"));
    }

    /** OSGi's annotation jars, from this JVM's class path. */
    private static List<Path> annotations() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> jar.getFileName().toString().startsWith("org.osgi.annotation."))
                .toList();
    }
}
