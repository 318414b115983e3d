package pm.tests.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractGuideTest {
    /** Compiled before this module is: see the sample in its pom. */
    private static final Path SAMPLE =
            Path.of(System.getProperty("pm.root"), "pm.tests/samples/recording-backend/target/classes");

    @Test
    void whoeverWritesABackendCanCopyTheTest(@TempDir Path output) throws IOException {
        List<Snippet> snippets = Snippet.of("../../pm.contract/README.md");
        assertThat(snippets).hasSize(1);
        assertThat(InMemoryCompiler.compile(
                        "RecordingBackendTest", snippets.get(0).asCompilationUnit(), output, SAMPLE))
                .isEmpty();
    }
}
