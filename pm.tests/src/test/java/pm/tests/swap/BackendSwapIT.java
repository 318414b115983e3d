package pm.tests.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pm.api.ExitStatus;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;
import pm.testing.ReadJson;

/** Dropping in one jar, and at most one setting, moves spawns to another backend; nothing is compiled again. */
class BackendSwapIT {
    private static final List<String> SAMPLE = List.of(SampleBackend.JAR.toString());
    private static final List<String> NOTHING = List.of();

    private static ProcessManager pm;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        pm = ProcessManagers.open(PmApi.VERSION);
    }

    @AfterAll
    static void close() {
        pm.close();
    }

    private Path record() {
        return folder.resolve("record");
    }

    private List<String> recorded() throws IOException {
        return Files.exists(record()) ? Files.readAllLines(record()) : List.of();
    }

    private ProcessResult run(List<String> command, Map<String, String> environment) throws Exception {
        return pm.run(ProcessSpec.of(command)
                .env(environment)
                .env("RECORDING_FILE", record().toString())
                .timeout(Duration.ofMinutes(1))
                .stdout(Stdio.capture(1, Stdio.MIB))
                .stderr(Stdio.capture(1, Stdio.MIB)));
    }

    /** The backend that serves, as pm itself says. */
    private String served(Deployment deployment, List<String> jars, Map<String, String> environment) throws Exception {
        ProcessResult doctor = run(deployment.command(jars, "doctor", "--json"), environment);
        assertThat(doctor.exit()).as(doctor.toString()).isEqualTo(new ExitStatus.Exited(0));
        return String.valueOf(
                ReadJson.object(doctor.stdout().orElseThrow().text()).get("backend"));
    }

    private void spawn(Deployment deployment, List<String> jars, Map<String, String> environment) throws Exception {
        ProcessResult run = run(deployment.command(jars, "run", "--", "sh", "-c", "echo ran; exit 7"), environment);
        assertThat(run.stdout().orElseThrow().text()).isEqualTo("ran\n");
        assertThat(run.stderr().orElseThrow().text()).isEmpty();
        assertThat(run.exit()).isEqualTo(new ExitStatus.Exited(7));
    }

    private void assertThatItWasRecorded() throws IOException {
        assertThat(recorded())
                .anyMatch(line -> line.endsWith(" records linux"))
                .anyMatch(line -> line.contains(" p1 contained by "))
                .anyMatch(line -> line.matches(".* p1 started \\d+: sh -c echo ran; exit 7"))
                .anyMatch(line -> line.endsWith(" p1 ended: exit code 7"))
                .anyMatch(line -> line.endsWith(" p1 removed"))
                .anyMatch(line -> line.endsWith(" closed"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheJarLinuxServes(Deployment deployment) throws Exception {
        assertThat(served(deployment, NOTHING, Map.of())).contains("name=linux");
        spawn(deployment, NOTHING, Map.of());
        assertThat(record()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void theJarAloneServesByItsRanking(Deployment deployment) throws Exception {
        spawn(deployment, SAMPLE, Map.of());
        assertThatItWasRecorded();
        assertThat(served(deployment, SAMPLE, Map.of()))
                .contains("name=recording", "highest ranking (200)", "ranking 100, behind recording with ranking 200");
    }

    @ParameterizedTest
    @EnumSource
    void theSettingChoosesIt(Deployment deployment) throws Exception {
        Map<String, String> setting = Map.of("PM_BACKEND", "recording");
        spawn(deployment, SAMPLE, setting);
        assertThatItWasRecorded();
        assertThat(served(deployment, SAMPLE, setting))
                .contains("name=recording", "asked for by the setting backend (ENVIRONMENT)");
    }

    @ParameterizedTest
    @EnumSource
    void theSettingChoosesTheOtherThoughTheJarIsThere(Deployment deployment) throws Exception {
        Map<String, String> setting = Map.of("PM_BACKEND", "linux");
        spawn(deployment, SAMPLE, setting);
        assertThat(record()).doesNotExist();
        assertThat(served(deployment, SAMPLE, setting)).contains("name=linux");
    }

    @ParameterizedTest
    @EnumSource
    void aBackendThatIsAskedForAndNotThereIsMissed(Deployment deployment) throws Exception {
        ProcessResult run = run(deployment.command(NOTHING, "run", "--", "true"), Map.of("PM_BACKEND", "recording"));
        assertThat(run.exit()).isEqualTo(new ExitStatus.Exited(125));
        assertThat(run.stderr().orElseThrow().text())
                .contains(
                        "Could not open the backend 'recording'", "linux was refused: not the one that was asked for");
    }

    @Test
    void theJarIsABundleWithADeclarativeService() throws Exception {
        try (JarFile jar = new JarFile(SampleBackend.JAR.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("sample.recording");
            assertThat(manifest.getValue("Provide-Capability"))
                    .contains("osgi.service;objectClass:List<String>=\"pm.spi.BackendProvider\"");
            assertThat(manifest.getValue("Import-Package")).contains("pm.spi;version=\"[1.0,1.1)\"");
            String component = new String(
                    jar.getInputStream(jar.getJarEntry(manifest.getValue("Service-Component")))
                            .readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            assertThat(component).contains("target=\"(pm.backend=linux)\"", "value=\"recording\"");
        }
    }
}
