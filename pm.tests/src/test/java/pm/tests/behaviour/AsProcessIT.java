package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;
import pm.testing.SpawnsBehindPm;

/** {@code asProcess()} beside the JDK's own process: the same code, the same behaviour. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@SpawnsBehindPm("the JDK's own process is what ours is compared with")
class AsProcessIT {
    /** Starts a process in one of two ways. */
    interface Starter extends AutoCloseable {
        Process start(String... command) throws IOException;

        @Override
        void close();
    }

    static Stream<Starter> starters() {
        return Stream.of(new Jdk(), new Pm());
    }

    @SpawnsBehindPm("the JDK's own process is what ours is compared with")
    record Jdk() implements Starter {
        @Override
        public Process start(String... command) throws IOException {
            return new ProcessBuilder(command).start();
        }

        @Override
        public void close() {}
    }

    static final class Pm implements Starter {
        private final ProcessManager manager = ProcessManagers.open(
                PmApi.VERSION, Settings.none().with(Setting.TERMINATE_WAIT, Duration.ofSeconds(1)));

        @Override
        public Process start(String... command) {
            return manager.spawn(ProcessSpec.of(command)
                            .stdin(Stdio.pipe())
                            .stdout(Stdio.pipe())
                            .stderr(Stdio.pipe()))
                    .asProcess();
        }

        @Override
        public void close() {
            manager.close();
        }

        @Override
        public String toString() {
            return "pm";
        }
    }

    @ParameterizedTest
    @MethodSource("starters")
    void streamsAndExitValue(Starter starter) throws Exception {
        try (starter) {
            Process process = starter.start("sh", "-c", "cat; echo err >&2; exit 3");
            assertThat(process.isAlive()).isTrue();
            assertThatThrownBy(process::exitValue).isInstanceOf(IllegalThreadStateException.class);
            process.getOutputStream().write("in".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            assertThat(process.getInputStream().readAllBytes()).isEqualTo("in".getBytes(StandardCharsets.UTF_8));
            assertThat(process.getErrorStream().readAllBytes()).isEqualTo("err\n".getBytes(StandardCharsets.UTF_8));
            assertThat(process.waitFor()).isEqualTo(3);
            assertThat(process.exitValue()).isEqualTo(3);
            assertThat(process.isAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("starters")
    void readersAndWriters(Starter starter) throws Exception {
        try (starter) {
            Process process = starter.start("cat");
            try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
                writer.write("grün\n");
            }
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(reader.readLine()).isEqualTo("grün");
            }
            assertThat(process.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("starters")
    void waitForWithALimit(Starter starter) throws Exception {
        try (starter) {
            Process process = starter.start("sleep", "1000");
            assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("starters")
    void destroyIsTermAndDestroyForciblyIsKill(Starter starter) throws Exception {
        try (starter) {
            Process polite = starter.start("sleep", "1000");
            assertThat(polite.supportsNormalTermination()).isTrue();
            polite.destroy();
            assertThat(polite.waitFor()).isEqualTo(143);

            Process killed = starter.start("sleep", "1000");
            assertThat(killed.destroyForcibly()).isSameAs(killed);
            assertThat(killed.waitFor()).isEqualTo(137);
        }
    }

    @ParameterizedTest
    @MethodSource("starters")
    void onExitCompletesWithTheProcess(Starter starter) throws Exception {
        try (starter) {
            Process process = starter.start("true");
            assertThat(process.onExit().get(60, TimeUnit.SECONDS)).isSameAs(process);
            assertThat(process.exitValue()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("starters")
    void pidHandleInfoAndChildren(Starter starter) throws Exception {
        try (starter) {
            Process process = starter.start("sh", "-c", "sleep 1000 & wait");
            assertThat(process.pid()).isEqualTo(process.toHandle().pid());
            Awaitility.await().until(() -> process.children().count() == 1);
            assertThat(process.descendants().count()).isEqualTo(1);
            assertThat(process.info().command()).isPresent();
            List<ProcessHandle> children = process.children().toList();
            process.destroyForcibly();
            process.waitFor();
            children.forEach(ProcessHandle::destroyForcibly); // the JDK leaves them alive
            Awaitility.await().until(() -> children.stream().noneMatch(AsProcessIT::lives));
        }
    }

    private static boolean lives(ProcessHandle handle) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("starters")
    void outputStaysReadableAfterTheExit(Starter starter) throws Exception {
        try (starter) {
            Process process = starter.start("sh", "-c", "echo kept");
            process.waitFor();
            assertThat(process.getInputStream().readAllBytes()).isEqualTo("kept\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("starters")
    void writingToAChildThatIsGoneFails(Starter starter) throws Exception {
        try (starter) {
            Process process = starter.start("true");
            process.waitFor();
            assertThatThrownBy(() -> {
                        process.getOutputStream().write(new byte[100_000]);
                        process.getOutputStream().flush();
                    })
                    .isInstanceOf(IOException.class);
        }
    }
}
