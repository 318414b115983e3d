package pm.tests.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.PmApi;

/**
 * The API beside the one of the last release, which is committed: a change that breaks callers needs another major version, one that breaks
 * backends another minor version.
 */
class ApiBaselineIT {
    private static final Path BASELINE = Path.of(System.getProperty("pm.root"), "cnf", "baseline", "pm.api-1.0.0.jar");

    private static final String OF_BACKENDS = "pm/spi/BackendProvider.java";
    private static final String METHOD = "    int ranking();\n";
    private static final String ONE_MORE = METHOD + "\n    /** Another. */\n    int another();\n";

    @TempDir
    static Path folder;

    private static Path present;

    @BeforeAll
    static void buildPresent() throws Exception {
        present = ApiSources.present().build(PmApi.VERSION, folder.resolve("present"));
    }

    @Test
    void theVersionSaysWhatChangedSinceTheLastRelease() throws Exception {
        assertThat(ApiComparison.faults(BASELINE, ReactorJars.named("pm.api")))
                .as("changes of the API that its version does not say: see CONTRIBUTING, The API's version")
                .isEmpty();
    }

    @Test
    void aMethodLessForCallersNeedsAnotherMajorVersion() throws Exception {
        assertThat(faults(
                        ApiSources.present().replacing("pm/api/ProcessListener.java", "void onEvent(", "void heard(")))
                .singleElement()
                .asString()
                .contains("package pm.api is version 1.0.0", "needs 2.0.0", "pm.api.ProcessListener");
    }

    @Test
    void aClassLessNeedsAnotherMajorVersion() throws Exception {
        assertThat(faults(ApiSources.present().without("pm/api/CommandNotFoundException.java")))
                .singleElement()
                .asString()
                .contains("package pm.api is version 1.0.0", "needs 2.0.0", "REMOVED pm.api.CommandNotFoundException");
    }

    @Test
    void aMethodMoreForBackendsNeedsAnotherMinorVersion() throws Exception {
        assertThat(faults(ApiSources.present().replacing(OF_BACKENDS, METHOD, ONE_MORE)))
                .singleElement()
                .asString()
                .contains("package pm.spi is version 1.0.0", "needs 1.1.0", "pm.spi.BackendProvider");
    }

    @Test
    void inTheVersionThatIsDueNothingIsWrong() throws Exception {
        Path changed = ApiSources.present()
                .replacing(OF_BACKENDS, METHOD, ONE_MORE)
                .inVersion("1.1.0")
                .build("1.1.0", folder.resolve("due"));

        assertThat(ApiComparison.faults(present, changed)).isEmpty();
    }

    /** Of a change that went without another version. */
    private static List<String> faults(ApiSources changed) throws Exception {
        Path jar = changed.build(PmApi.VERSION, Files.createTempDirectory(folder, "changed"));
        return ApiComparison.faults(present, jar);
    }
}
