package pm.tests.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationGuideTest {
    private static final String GUIDE = "migration.md";

    static List<Snippet> snippets() throws IOException {
        return Snippet.of(GUIDE);
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void compiles(Snippet snippet, @TempDir Path output) {
        assertThat(InMemoryCompiler.compile("Snippet", snippet.asCompilationUnit(), output))
                .isEmpty();
    }

    @Test
    void everyLibraryIsThere() throws IOException {
        for (String library : List.of("jdk", "zt-exec", "commons-exec", "pm")) {
            assertThat(snippets())
                    .filteredOn(snippet -> snippet.library().equals(library))
                    .as(library)
                    .hasSizeGreaterThanOrEqualTo(6);
        }
    }
}
