package pm.backend.linux.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import pm.api.ExitStatus;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;
import pm.spi.StartRequest.Stream;

/** What holds for every command, whichever role of the launcher starts it, beside what the contract of backends says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StartingContract {
    protected Workbench bench;
    private List<String> descriptorsAtFirst;

    @BeforeAll
    void openBench() throws Exception {
        bench = new Workbench();
        descriptorsAtFirst = Descriptors.ofOurs();
    }

    @AfterAll
    void closeBench() {
        bench.close();
        assertThat(bench.warnings()).isEmpty();
    }

    protected abstract NativeProcess start(StartRequest request, Limits limits) throws StartException;

    private NativeProcess start(StartRequest request) throws StartException {
        return start(request, Limits.none());
    }

    @Test
    void limitsHoldForEachProcessAndCannotBeRaised() throws Exception {
        Limits limits = Limits.none()
                .with(LimitKind.OPEN_FILES, 50)
                .with(LimitKind.FILE_SIZE, 1 << 20)
                .with(LimitKind.CORE_SIZE, 0)
                .with(LimitKind.NICE, 7)
                .with(LimitKind.OOM_SCORE_ADJ, 321);
        String asked = "grep -E '^Max (open files|file size|core file size)' /proc/self/limits | tr -s ' ';"
                + " cat /proc/self/oom_score_adj; nice";
        assertThat(output(Requests.shell("(" + asked + ")"), limits).lines().map(String::strip))
                .containsExactlyInAnyOrder(
                        "Max open files 50 50 files",
                        "Max file size 1048576 1048576 bytes",
                        "Max core file size 0 0 bytes",
                        "321",
                        "7");
    }

    /** Its sibling, which wants less, gets that. */
    @Test
    void aProcessThatWantsTooMuchMemoryIsRefusedItAndNotKilled() throws Exception {
        String both = "python3 -c 'try: bytearray(500 << 20)\nexcept MemoryError: print(\"refused\")';"
                + " python3 -c 'print(len(bytearray(50 << 20)) >> 20)'";
        assertThat(output(Requests.shell(both), Limits.none().processMemory(300, Limits.MIB)))
                .isEqualTo("refused\n50\n");
    }

    @Test
    void everyProcessRunsOnTheCpusThatWereNamedAndWeOnOurs() throws Exception {
        String ours = allowedCpus();
        String first = ours.replaceFirst("\\D.*", "");
        String asked = "grep Cpus_allowed_list /proc/self/status | cut -f 2";
        assertThat(output(
                        Requests.shell(asked + "; setsid sh -c '" + asked + "'"),
                        Limits.none().affinity(Integer.parseInt(first))))
                .isEqualTo(first + "\n" + first + "\n");
        assertThat(allowedCpus()).isEqualTo(ours);
    }

    private static String allowedCpus() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                .replaceFirst("(?s).*\nCpus_allowed_list:\\s*(\\S+).*", "$1");
    }

    /** The launcher's own work is done before they hold. */
    @Test
    void thePettiestLimitsDoNotHinderTheStart() throws Exception {
        Limits limits = Limits.none()
                .with(LimitKind.OPEN_FILES, 3)
                .with(LimitKind.FILE_SIZE, 0)
                .with(LimitKind.OOM_SCORE_ADJ, 500);
        NativeProcess process = start(Requests.quietShell("exit 5"), limits);
        assertThat(process.exit().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExitStatus.Exited.class);
    }

    @Test
    void aFileGrowsToItsLimitAndNoFurther(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        NativeProcess process = start(
                Requests.quietShell("exec head -c 10000 /dev/zero > " + file),
                Limits.none().with(LimitKind.FILE_SIZE, 4096).with(LimitKind.CORE_SIZE, 0));
        // SIGXFSZ, signal(7)
        assertThat(process.exit().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isEqualTo(new ExitStatus.Signalled(25, false));
        assertThat(file).hasSize(4096);
    }

    @Test
    void theDirectoryIsChangedBeforeRelativeProgramsAreLookedFor(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\npwd\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(output(Requests.in(folder, Requests.of("./script"))).strip())
                .isEqualTo(folder.toRealPath().toString());
    }

    @Test
    void aScriptWithoutFirstLineIsRunByTheShell(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "echo \"$1\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(output(Requests.of(script.toString(), "x y"))).isEqualTo("x y\n");
    }

    @Test
    void inheritedStreamsAreOurs() throws Exception {
        StartRequest request = Requests.streams(
                Requests.of("readlink", "/proc/self/fd/0"),
                new Stream.Inherited(),
                new Stream.Piped(),
                new Stream.Discarded());
        assertThat(output(request).strip())
                .isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString());
    }

    @Test
    void theCommandLeadsItsOwnSessionAndGroup() throws Exception {
        String[] ids = output(Requests.shell("cut -d ' ' -f 1,5,6 /proc/$$/stat"))
                .strip()
                .split(" ");
        assertThat(Arrays.stream(ids).distinct()).hasSize(1);
    }

    @Test
    void signalsHaveTheirDefaultActions() throws Exception {
        assertThat(end(start(Requests.quietShell("kill -PIPE $$; exit 3"))))
                .isEqualTo(new ExitStatus.Signalled(13, false));
        assertThat(output(Requests.of("grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"))
                        .lines())
                .allMatch(line -> line.endsWith("0000000000000000"));
    }

    @Test
    void privilegesCanBeGivenUp() throws Exception {
        StartRequest plain = Requests.of("grep", "NoNewPrivs", "/proc/self/status");
        StartRequest without = new StartRequest(
                plain.command(),
                plain.shownCommand(),
                plain.directory(),
                true,
                plain.environment(),
                Set.of(),
                plain.stdin(),
                plain.stdout(),
                plain.stderr(),
                true,
                false);
        assertThat(output(without).strip()).endsWith("1");
    }

    @Test
    void nobodyLeaves(@TempDir Path folder) {
        Path trace = folder.resolve("trace");
        StartRequest request = Requests.breakaway(Requests.of("touch", trace.toString()));
        assertThatThrownBy(() -> start(request))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("Could not let processes leave the tree of 'touch': ");
        assertThat(trace).doesNotExist();
    }

    @Test
    void nothingStaysOpenOfManyProcessesStartedAtOnce() throws Exception {
        Crowd.run(8, 250, () -> {
            NativeProcess process = start(Requests.of("true"));
            assertThat(Piped.text(process.stdout().orElseThrow())).isEmpty();
            process.stderr().orElseThrow().close();
            assertThat(end(process)).isEqualTo(new ExitStatus.Exited(0));
        });
        Descriptors.awaitOurs(descriptorsAtFirst);
    }

    protected String output(StartRequest request) throws Exception {
        return output(request, Limits.none());
    }

    private String output(StartRequest request, Limits limits) throws Exception {
        NativeProcess process = start(request, limits);
        String text = Piped.text(process.stdout().orElseThrow());
        String error =
                process.stderr().isPresent() ? Piped.text(process.stderr().get()) : "";
        assertThat(end(process)).as(error).isEqualTo(new ExitStatus.Exited(0));
        return text;
    }

    protected static ExitStatus end(NativeProcess process) throws Exception {
        return process.exit().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
