package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.testing.SpawnsBehindPm;

@SpawnsBehindPm("there is no backend here yet, and a zombie child is wanted")
class OperatingSystemTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void aZombieDoesNotLive() throws Exception {
        // sleep does not know of the child that the shell had, and never waits for it. The child ends when it is told.
        Process parent =
                new ProcessBuilder("sh", "-c", "exec 3<&0; sh -c 'read line' <&3 & echo $!; exec sleep 1000").start();
        try (var output = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
                var input = parent.getOutputStream()) {
            long child = Long.parseLong(output.readLine());
            assertThat(OperatingSystem.lives(child)).isTrue();
            Patience.until("that the shell is sleep", () -> command(parent).endsWith("/sleep"));
            input.write('\n');
            input.flush();
            Patience.until("a zombie", () -> !OperatingSystem.lives(child));
            assertThat(ProcessHandle.of(child)).isPresent();
            assertThat(OperatingSystem.lives(parent.pid())).isTrue();
        } finally {
            parent.destroyForcibly().onExit().join();
        }
        assertThat(OperatingSystem.lives(parent.pid())).isFalse();
    }

    private static String command(Process process) {
        return process.info().command().orElse("");
    }

    @Test
    void descriptorsAreCounted() throws Exception {
        int before = OperatingSystem.openDescriptors().orElseThrow();
        try (var file = new FileInputStream(
                Path.of(System.getProperty("java.home"), "release").toFile())) {
            assertThat(OperatingSystem.openDescriptors()).hasValue(before + 1);
            assertThat(file.available()).isPositive();
        }
        assertThat(OperatingSystem.openDescriptors()).hasValue(before);
    }
}
