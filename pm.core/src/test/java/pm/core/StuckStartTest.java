package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.Cause;
import pm.api.CleanupException;
import pm.api.ExitStatus;
import pm.api.ManagedProcess;
import pm.api.ManagerClosedException;
import pm.api.PmApi;
import pm.api.ProcessEvent;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;
import pm.core.process.Owner;

/** A start that hangs, in opening a named pipe that nobody writes to, keeps nothing from ending, and starts nothing that stays. */
class StuckStartTest extends Managed {
    @TempDir
    Path folder;

    /** Of their own: on two processors the common pool has one thread, and a start that hangs would hold it. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Path pipe;

    static Settings shortWaits(Settings settings) {
        return settings.with(Setting.GRACEFUL_TIMEOUT, SHORT)
                .with(Setting.KILL_WAIT, SHORT)
                .with(Setting.LAST_RESORT_WAIT, SHORT);
    }

    @Override
    Settings settings() {
        return shortWaits(super.settings());
    }

    @BeforeEach
    void makePipe() throws Exception {
        pipe = folder.resolve("pipe");
        assertThat(pm.run(ProcessSpec.of("mkfifo", pipe.toString())).exit()).isEqualTo(new ExitStatus.Exited(0));
    }

    /** Opened for reading and writing a pipe never hangs, and lets go who does (fifo(7)). */
    @AfterEach
    void letGo() throws Exception {
        try (RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw")) {
            assertThat(both.getFD().valid()).isTrue();
            threads.shutdown();
            assertThat(threads.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void closeReportsItAndReturnsAndWhatStartsLaterIsKilled() throws Exception {
        var closing = ProcessManagers.open(PmApi.VERSION, settings());
        closing.listen(events::add);
        CompletableFuture<ManagedProcess> start = CompletableFuture.supplyAsync(() -> closing.spawn(stuck()), threads);
        await().until(() -> closing.metrics().active() == 1);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(closing::close, threads);
        assertThatThrownBy(() -> closed.get(LONG.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(CleanupException.class)
                .hasMessageContaining("sh -c")
                .hasMessageContaining("hangs");
        assertThat(event(ProcessEvent.CleanupFailed.class, it -> true).context().command())
                .startsWith("sh", "-c");

        goOn();
        assertThatThrownBy(() -> start.get(LONG.toSeconds(), TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(ManagerClosedException.class);
        assertNothingLivesOf(closing.instanceId());
    }

    @Test
    void theEndOfItsOwnerEndsWhatItStartsLater() throws Exception {
        OwnedProcessManager owned = ((CoreProcessManager) pm).ownedBy(Owner.named("bundle"));
        CompletableFuture<ManagedProcess> start = CompletableFuture.supplyAsync(() -> owned.spawn(stuck()), threads);
        await().until(() -> pm.metrics().active() == 1);

        CompletableFuture.runAsync(owned::endAll, threads).get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(event(ProcessEvent.CleanupFailed.class, it -> true).context().owner())
                .contains("bundle");

        goOn();
        ProcessResult result =
                start.get(LONG.toSeconds(), TimeUnit.SECONDS).await(LONG).orElseThrow();
        assertThat(result.cause()).isEqualTo(Cause.OWNER_STOPPED);
        assertThat(result.cleanup().proven()).isTrue();
        assertThat(pm.run(sh("exit 7")).exit()).isEqualTo(new ExitStatus.Exited(7));
    }

    @Test
    void aJvmEndsAllTheSame() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessSpec jvm = ProcessSpec.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StuckStartMain.class.getName(),
                        pipe.toString())
                .timeout(LONG)
                .stdout(Stdio.pipe());
        try (ManagedProcess process = pm.spawn(jvm)) {
            BufferedReader reader = process.asProcess().inputReader();
            assertThat(reader.readLine()).isEqualTo("exit");

            ProcessResult result = process.await();
            assertThat(result.cause()).isEqualTo(Cause.EXITED);
            assertThat(result.exit()).isEqualTo(new ExitStatus.Exited(3));
        }
    }

    private ProcessSpec stuck() {
        return sh("sleep 1000").stdin(Stdio.from(pipe)).timeout(Duration.ofMinutes(1));
    }

    /** Opening the other end lets the start go on. */
    private void goOn() throws Exception {
        try (OutputStream writer = Files.newOutputStream(pipe)) {
            writer.flush();
        }
    }

    private static void assertNothingLivesOf(String instanceId) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ProcessHandle.current().children())
                        .noneMatch(child -> environment(child.pid()).contains("PM_INSTANCE_ID=" + instanceId)));
    }

    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException goneMeanwhile) {
            return "";
        }
    }
}
