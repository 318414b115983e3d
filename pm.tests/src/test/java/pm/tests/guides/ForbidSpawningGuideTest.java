package pm.tests.guides;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ArchUnit rule of the guide finds what it shall find. Its annotations belong to ArchUnit's JUnit engine, which this build has not. */
class ForbidSpawningGuideTest {
    @TempDir
    private Path output;

    private ArchRule rule() throws Exception {
        Snippet snippet = Snippet.of("forbid-spawning.md").stream()
                .filter(one -> one.library().equals("archunit"))
                .findFirst()
                .orElseThrow();
        String source = snippet.asCompilationUnit()
                .replaceAll("(?m)^import com.tngtech.archunit.junit.*$", "")
                .replaceAll("(?m)^ *@(AnalyzeClasses|ArchTest).*$", "");
        assertThat(InMemoryCompiler.compile("SpawningTest", source, output)).isEmpty();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {output.toUri().toURL()}, getClass().getClassLoader())) {
            var field = loader.loadClass("SpawningTest").getDeclaredField("NOTHING_SPAWNS_BEHIND_PM");
            field.setAccessible(true);
            return (ArchRule) field.get(null);
        }
    }

    private JavaClasses classWith(String statement) {
        Path folder = output.resolve("user");
        assertThat(InMemoryCompiler.compile(
                        "User",
                        "class User { static Object run() throws Exception { " + statement + " } }",
                        createFolder(folder)))
                .isEmpty();
        return new ClassFileImporter().importPath(folder);
    }

    private static Path createFolder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return new ProcessBuilder(\"true\").start();",
                "java.util.function.Function<java.util.List<String>, Object> f = ProcessBuilder::new; return f;",
                "return Runtime.getRuntime().exec(\"true\");",
                "return Runtime.getRuntime().exec(new String[] {\"true\"}, null, null);"
            })
    void findsWhatSpawnsBehindPm(String statement) throws Exception {
        assertThat(rule().evaluate(classWith(statement)).hasViolation()).isTrue();
    }

    @Test
    void letsThroughWhatDoesNot() throws Exception {
        assertThat(rule().evaluate(classWith("return Runtime.getRuntime().availableProcessors() + \"ProcessBuilder\";"))
                        .hasViolation())
                .isFalse();
    }

    /** Of the JDK that runs this: a new way to spawn must come into the file. */
    @Test
    void signatureFileNamesEveryWayOfTheJdk() throws IOException {
        List<String> signatures =
                Files.readAllLines(Path.of(System.getProperty("pm.root"), "cnf", "forbidden", "spawning.txt"));

        assertThat(signatures).contains("java.lang.ProcessBuilder");
        assertThat(Arrays.stream(Runtime.class.getMethods())
                        .filter(method -> method.getName().equals("exec"))
                        .map(method -> "java.lang.Runtime#exec("
                                + String.join(
                                        ", ",
                                        Arrays.stream(method.getParameterTypes())
                                                .map(Class::getTypeName)
                                                .toList())
                                + ")"))
                .isNotEmpty()
                .allSatisfy(signature -> assertThat(signatures).contains(signature));
    }
}
