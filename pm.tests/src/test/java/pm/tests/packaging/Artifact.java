package pm.tests.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * One of our jars, as the build made it.
 *
 * @param file the jar
 */
record Artifact(Path file) {
    private static final Path LIBRARIES = Path.of(System.getProperty("pm.root"), "pm.cli", "target", "pm", "lib");

    /** All of them: what the command's application folder holds of ours. */
    static List<Artifact> all() {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.filter(file -> file.getFileName().toString().startsWith("pm."))
                    .sorted()
                    .map(Artifact::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's name without its ending. */
    String name() {
        return file.getFileName().toString().replaceFirst("\\.jar$", "");
    }

    Attributes manifest() throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    ModuleDescriptor module() {
        return ModuleFinder.of(file).findAll().iterator().next().descriptor();
    }

    @Override
    public String toString() {
        return name();
    }
}
