package pm.backend.posix.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import pm.backend.posix.libc.PosixSpawn.Descriptor;
import pm.backend.posix.process.NativeText;
import pm.backend.posix.process.WaitStatus;

@EnabledOnOs(OS.LINUX)
class PosixSpawnTest {
    private static final byte[] SHELL = NativeText.terminated("/bin/sh");

    @Test
    void theChildRunsAndIsReapedWithItsStatus() throws Exception {
        Children.Reaped reaped = Children.await(shell("exit 7"));
        assertThat(WaitStatus.decode(reaped.status())).hasToString("exit code 7");
        assertThat(reaped.userMicros() + reaped.systemMicros()).isPositive();
    }

    @Test
    void theChildHasNoEnvironmentOfOurs(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        Children.await(shell("/usr/bin/env > " + out));
        assertThat(Files.readString(out)).doesNotContain("PM_TEST_SESSION");
    }

    @Test
    void theChildGetsWhatItIsGiven(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("in"), "text\n");
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            int ours = numberOf(file);
            // The child reads from the open file that is ours, so it moves on here too.
            assertThat(Children.await(shell("read line; test \"$line\" = text", new Descriptor(ours, 0)))
                            .status())
                    .isZero();
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void whatCannotBeExecutedIsToldAtOnce() {
        byte[] path = NativeText.terminated("/nonexistent");
        assertThatThrownBy(() -> PosixSpawn.start(path, List.of(path), List.of()))
                .isInstanceOfSatisfying(
                        LibcException.class, e -> assertThat(e.errno()).isEqualTo(2))
                .hasMessage("posix_spawn: no such file or directory (errno 2)");
    }

    @Test
    void onlyOwnChildrenAreReapedAndOnlyOnceTheyHaveEnded() throws Exception {
        int pid = shell("exec sleep 1000");

        assertThat(Children.reap(pid)).isEmpty();
        assertThatThrownBy(() -> Children.reap(1)).isInstanceOf(LibcException.class);
        Libc.kill(pid, 9);
        assertThat(WaitStatus.decode(Children.await(pid).status())).hasToString("signal 9");
        assertThatThrownBy(() -> Children.reap(pid)).isInstanceOf(LibcException.class);
    }

    private static int shell(String script, Descriptor... descriptors) throws LibcException {
        return PosixSpawn.start(
                SHELL,
                List.of(NativeText.terminated("sh"), NativeText.terminated("-c"), NativeText.terminated(script)),
                List.of(descriptors));
    }

    private static int numberOf(Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(link -> leadsTo(link, file))
                    .mapToInt(link -> Integer.parseInt(link.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file.toRealPath());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
