package pm.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** This repository's modules: their sources, and their classes as compiled. */
final class Repository {
    private static final Set<String> SUPPORT = Set.of("pm.tests", "pm.tests.osgi", "pm.testing", "pm.distribution");

    private static final Path ROOT = Path.of(System.getProperty("pm.root"));

    /** A bundle may hold the classes of a library that is none. */
    private static final JavaClasses PRODUCT_CLASSES = new ClassFileImporter()
            .withImportOption(location -> location.contains("/target/classes/pm/"))
            .importPaths(productModules().stream()
                    .map(module -> module.resolve("target/classes"))
                    .toList());

    private Repository() {}

    /** Its folder. */
    static Path root() {
        return ROOT;
    }

    /** Folders of all modules. */
    static List<Path> modules() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Folders of the modules that users get. */
    static List<Path> productModules() {
        return modules().stream()
                .filter(module -> !SUPPORT.contains(module.getFileName().toString()))
                .toList();
    }

    /** The classes that users get, those of libraries left out. */
    static JavaClasses productClasses() {
        return PRODUCT_CLASSES;
    }

    /** All source files below the modules' {@code src} folders. */
    static List<Path> sources() {
        return modules().stream()
                .map(module -> module.resolve("src"))
                .filter(Files::isDirectory)
                .flatMap(Repository::files)
                .toList();
    }

    /** As a reader names a file: relative to the repository. */
    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
