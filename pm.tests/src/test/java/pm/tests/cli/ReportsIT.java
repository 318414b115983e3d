package pm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.testing.ReadJson;

class ReportsIT {
    @TempDir
    Path folder;

    @Test
    void aRunThatLeftAChildBehind() throws Exception {
        Path file = folder.resolve("report.json");
        PmProcess.run("run", "--report", file.toString(), "--", "sh", "-c", "sleep 100 & exit 3");
        Map<String, Object> report = ReadJson.object(Files.readString(file));

        assertThat(report)
                .containsEntry("command", List.of("sh", "-c", "sleep 100 & exit 3"))
                .containsEntry("cause", "EXITED")
                .containsEntry("exitCode", 3L)
                .containsEntry("signal", null)
                .containsEntry("backend", "linux")
                .containsKeys("pid", "instanceId", "startTime", "durationMillis", "limits", "containment");
        assertThat(report.get("usage")).asString().contains("cpuMillis", "peakMemoryBytes");
        assertThat(report.get("cleanup")).asString().contains("sleep 100", "proven=true");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(names()).containsExactly("report.json");
    }

    @Test
    void aFolderThatIsNotThereStartsNothing() throws Exception {
        assertRefused(folder.resolve("missing/report.json"));
    }

    @Test
    void aLinkOrDeviceStartsNothing() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
        assertRefused(link);
        assertRefused(Path.of("/dev/null"));
    }

    @Test
    void withoutARunThereIsNoReport() throws Exception {
        Path file = folder.resolve("report.json");

        assertThat(PmProcess.run("run", "--report", file.toString(), "--", "/nonexistent/prog")
                        .status())
                .isEqualTo(127);
        assertThat(names()).isEmpty();
    }

    @Test
    void eventsAreLinesOfJson() throws Exception {
        PmProcess.Output output =
                PmProcess.run("run", "--events", "json", "--env", "SECRET=xyzzy", "--", "sh", "-c", "exit 4");
        List<Map<String, Object>> events =
                output.err().lines().map(ReadJson::object).toList();

        assertThat(output.status()).isEqualTo(4);
        assertThat(output.outText()).isEmpty();
        assertThat(output.err()).doesNotContain("xyzzy");
        assertThat(events)
                .extracting(event -> event.get("event"))
                .containsSubsequence("Spawned", "Exited", "CleanedUp");
        assertThat(events).allSatisfy(event -> assertThat(event)
                .containsKeys("time", "severity", "instanceId", "processId", "pid", "command", "label"));
        assertThat(events)
                .filteredOn(event -> "Exited".equals(event.get("event")))
                .singleElement()
                .satisfies(event -> assertThat(event.get("exit")).asString().contains("exitCode=4"));
    }

    @Test
    void eventsAsText() throws Exception {
        assertThat(PmProcess.run("run", "--events", "text", "--timeout", "none", "--", "true")
                        .err()
                        .lines())
                .anyMatch(line -> line.matches("\\S+Z INFO Spawned .*command=\\[true\\].*"))
                .anyMatch(line -> line.matches("\\S+Z WARNING Warned .*"));
    }

    private void assertRefused(Path report) throws Exception {
        Path witness = folder.resolve("witness");
        PmProcess.Output output =
                PmProcess.run("run", "--report", report.toString(), "--", "touch", witness.toString());

        assertThat(output.status()).isEqualTo(125);
        assertThat(output.err()).startsWith("pm: Could not write report").containsOnlyOnce("\n");
        assertThat(witness).doesNotExist();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
