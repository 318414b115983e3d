package pm.backend.linux.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.backend.linux.kernel.Processor;
import pm.spi.BackendException;

class LauncherBinaryTest {
    /** Below the build's folder, since the one for temporary files may be written by anyone. */
    private Path folder;

    private Path launcher;

    @BeforeEach
    void copy() throws Exception {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "launcher");
        launcher = folder.resolve("pm-launch");
        String resource = "/pm/backend/linux/pm-launch-" + Processor.name().orElseThrow();
        try (InputStream in = LauncherBinary.class.getResourceAsStream(resource)) {
            Files.copy(in, launcher);
        }
        permit("rwxr-xr-x", launcher);
    }

    @AfterEach
    void remove() throws Exception {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Test
    void theOneOfTheBundleRunsFromMemory() throws Exception {
        List<String> before = Descriptors.ofOurs();
        try (LauncherBinary binary = LauncherBinary.open(Optional.empty())) {
            assertThat(binary.source()).isEqualTo("memory");
        }
        assertThat(Descriptors.ofOurs()).isEqualTo(before);
    }

    @Test
    void anotherBuildIsUsedWhenOnlyWeOrRootCanChangeIt() throws Exception {
        if (isWritableByOthers(folder)) {
            assertRefused(launcher.toString(), "can be written by others");
            return;
        }
        try (LauncherBinary binary = LauncherBinary.open(Optional.of(launcher.toString()))) {
            assertThat(binary.source()).isEqualTo(launcher.toRealPath().toString());
        }
    }

    @Test
    void whatOthersCanChangeIsRefused() throws Exception {
        permit("rwxrwxr-x", launcher);
        assertRefused(launcher.toString(), "can be written by others");
        permit("rwxr-xr-x", launcher);
        permit("rwxr-xrwx", folder);
        assertRefused(launcher.toString(), "can be written by others");
    }

    @Test
    void aRelativePathOrNoFileIsRefused() {
        assertRefused("pm-launch", "no absolute path");
        assertRefused(folder.toString(), "no file");
        assertRefused(folder.resolve("none").toString(), "NoSuchFileException");
    }

    @Test
    void whatIsNoLauncherIsRefused() {
        // Root's, on every Linux; says something else.
        assertRefused("/bin/echo", "it says '--version'", "it says 'echo");
        assertRefused("/etc/passwd", "permission denied");
    }

    private static void assertRefused(String file, String... reasons) {
        assertThatThrownBy(() -> LauncherBinary.open(Optional.of(file)))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("Could not ")
                .hasMessageContaining("PM_LAUNCHER");
        assertThatThrownBy(() -> LauncherBinary.open(Optional.of(file)))
                .satisfies(refused -> assertThat(List.of(reasons)).anyMatch(refused.getMessage()::contains));
    }

    private static boolean isWritableByOthers(Path folder) throws Exception {
        for (Path part = folder; part != null; part = part.getParent()) {
            if (((int) Files.getAttribute(part, "unix:mode") & 022) != 0) {
                return true;
            }
        }
        return false;
    }

    private static void permit(String permissions, Path path) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
