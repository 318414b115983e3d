package pm.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    @TempDir
    Path folder;

    @Test
    void isThereWhenItIsCompleteAndForItsOwnerOnly() throws Exception {
        Path target = folder.resolve("report.json");
        try (ReportFile report = ReportFile.open(target)) {
            assertThat(target).doesNotExist();
            assertThat(names()).hasSize(1).allMatch(name -> name.startsWith("pm-report-"));
            assertThat(Files.getPosixFilePermissions(folder.resolve(names().get(0))))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            report.write("{}\n");
        }

        assertThat(target).hasContent("{}");
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(names()).containsExactly("report.json");
    }

    @Test
    void replacesAnOlderReportAndItsPermissions() throws Exception {
        Path target = Files.writeString(folder.resolve("report.json"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (ReportFile report = ReportFile.open(target)) {
            assertThat(target).hasContent("old");
            report.write("new");
        }

        assertThat(target).hasContent("new");
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void leavesNothingWhenNothingWasReported() throws Exception {
        try (ReportFile report = ReportFile.open(folder.resolve("report.json"))) {
            assertThat(report).isNotNull();
        }

        assertThat(names()).isEmpty();
    }

    @Test
    void followsNoLink() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("report.json"), secret);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.json"), folder.resolve("nowhere"));

        assertThatThrownBy(() -> ReportFile.open(link))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("link");
        assertThatThrownBy(() -> ReportFile.open(dangling)).isInstanceOf(IOException.class);
        assertThat(secret).hasContent("kept");
        assertThat(link).isSymbolicLink();
        assertThat(names()).containsExactlyInAnyOrder("secret", "report.json", "dangling.json");
    }

    @Test
    void aLinkThatAppearsMeanwhileIsReplacedAndNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "kept");
        Path target = folder.resolve("report.json");
        try (ReportFile report = ReportFile.open(target)) {
            Files.createSymbolicLink(target, secret);
            report.write("{}");
        }

        assertThat(secret).hasContent("kept");
        assertThat(target).isRegularFile().isNotEqualTo(secret).hasContent("{}");
        assertThat(Files.isSymbolicLink(target)).isFalse();
    }

    @Test
    void aDeviceOrFolderIsRefused() {
        assertThatThrownBy(() -> ReportFile.open(Path.of("/dev/null")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("device");
        assertThatThrownBy(() -> ReportFile.open(folder)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ReportFile.open(Path.of("/")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void aMissingFolderIsRefused() {
        assertThatThrownBy(() -> ReportFile.open(folder.resolve("missing/report.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Could not write report")
                .hasMessageContaining("missing");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
