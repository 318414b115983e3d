package pm.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import pm.api.Descendants;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Signal;
import pm.api.Stdio;
import pm.api.StopPolicy;

class RunRequestTest {
    @Test
    void withoutOptionsTheCommandHasPmsOwnStreamsAndTheManagersTimeout() {
        RunRequest request = request("sh", "-c", "exit 3");
        ProcessSpec spec = request.process();

        assertThat(spec.command()).containsExactly("sh", "-c", "exit 3");
        assertThat(spec.stdin()).isEqualTo(Stdio.inherit());
        assertThat(spec.stdout()).isEqualTo(Stdio.inherit());
        assertThat(spec.stderr()).isEqualTo(Stdio.inherit());
        assertThat(spec.timeout()).isEmpty();
        assertThat(spec.isTimeoutDisabled()).isFalse();
        assertThat(spec.limits()).isEqualTo(Limits.none());
        assertThat(spec.stopPolicy()).isEqualTo(StopPolicy.defaults());
        assertThat(spec.descendants()).isEqualTo(Descendants.END);
        assertThat(spec.inheritsEnv()).isTrue();
        assertThat(request.report()).isEmpty();
        assertThat(request.events()).isEmpty();
        assertThat(request.settings().values())
                .containsOnly(Map.entry(Setting.JMX, "false"), Map.entry(Setting.SHUTDOWN, "hook"));
    }

    @Test
    void optionsAfterTheFirstWordAreTheCommands() {
        assertThat(request("--grace", "1s", "echo", "--timeout", "2s", "--", "--help", "-V", "@file")
                        .process())
                .satisfies(spec -> {
                    assertThat(spec.command())
                            .containsExactly("echo", "--timeout", "2s", "--", "--help", "-V", "@file");
                    assertThat(spec.timeout()).isEmpty();
                });
    }

    @Test
    void twoHyphensEndTheOptionsOnce() {
        assertThat(request("--", "--odd-program", "--", "-x").process().command())
                .containsExactly("--odd-program", "--", "-x");
        assertThat(request("--best-effort", "--", "echo", "@file", "a=b", "")
                        .process()
                        .command())
                .containsExactly("echo", "@file", "a=b", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"quoted\"", "'single'", "${HOME}", "$$", "a b", "%s", "\\n", "@", "-", "ünï"})
    void wordsArriveAsTheyWereGiven(String word) {
        assertThat(request("--env", "K=" + word, "echo", word).process()).satisfies(spec -> {
            assertThat(spec.command()).containsExactly("echo", word);
            assertThat(spec.env()).containsEntry("K", word);
        });
    }

    @Test
    void timeoutsAreTheProcesss() {
        ProcessSpec spec = request("--timeout", "1.5h", "--idle-timeout=500ms", "--cpu-time", "7", "true")
                .process();

        assertThat(spec.timeout()).contains(Duration.ofMinutes(90));
        assertThat(spec.idleTimeout()).contains(Duration.ofMillis(500));
        assertThat(spec.cpuTime()).contains(Duration.ofSeconds(7));
    }

    @Test
    void noTimeoutIsPossible() {
        ProcessSpec spec = request("--timeout", "none", "true").process();

        assertThat(spec.isTimeoutDisabled()).isTrue();
        assertThat(spec.timeout()).isEmpty();
    }

    @Test
    void outputGoesThroughPmOnlyWhenItsSilenceMatters() {
        ProcessSpec spec = request("--idle-timeout", "1s", "true").process();

        assertThat(spec.stdin()).isEqualTo(Stdio.inherit());
        assertThat(spec.stdout()).isEqualTo(Stdio.pipe());
        assertThat(spec.stderr()).isEqualTo(Stdio.pipe());
    }

    @Test
    void limitsAreTheTrees() {
        assertThat(request("--memory", "1.5GiB", "--cpus", "0.5", "--max-processes", "20", "--best-effort", "true")
                        .process()
                        .limits())
                .isEqualTo(Limits.none()
                        .memory(1536, Limits.MIB)
                        .cpus(0.5)
                        .processes(20)
                        .bestEffort(true));
    }

    @Test
    void everyKindOfLimitHasAnOption() {
        Limits limits = request(
                        "--memory=2M",
                        "--swap=0",
                        "--cpus=2",
                        "--cpu-weight=50",
                        "--max-processes=9",
                        "--read-bandwidth=1K",
                        "--write-bandwidth=2K",
                        "--read-iops=3",
                        "--write-iops=4",
                        "--process-memory=3M",
                        "--affinity=0,2-3",
                        "--open-files=64",
                        "--file-size=1M",
                        "--core-size=0",
                        "--nice",
                        "-5",
                        "--oom-score-adj",
                        "-1000",
                        "true")
                .process()
                .limits();

        assertThat(limits.kinds()).containsExactly(LimitKind.values());
        assertThat(limits.amounts().values())
                .containsExactly(
                        2L << 20, 0L, 2000L, 50L, 9L, 1024L, 2048L, 3L, 4L, 3L << 20, 13L, 64L, 1L << 20, 0L, -5L,
                        -1000L);
    }

    @Test
    void stopOptionsMakeThePolicy() {
        assertThat(request("--grace", "0", "--kill-wait", "250ms", "--signal", "sigint", "true")
                        .process()
                        .stopPolicy())
                .isEqualTo(new StopPolicy(
                        Signal.INT, Optional.of(Duration.ZERO), Optional.of(Duration.ofMillis(250)), Optional.empty()));
    }

    @Test
    void surroundings() {
        ProcessSpec spec = request(
                        "--cwd",
                        "/tmp",
                        "--clear-env",
                        "--env",
                        "A=1",
                        "--env",
                        "B=x=y",
                        "--env",
                        "A=2",
                        "--no-new-privileges",
                        "--descendants",
                        "wait",
                        "true")
                .process();

        assertThat(spec.directory()).contains(Path.of("/tmp"));
        assertThat(spec.inheritsEnv()).isFalse();
        assertThat(spec.env()).containsOnly(Map.entry("A", "2"), Map.entry("B", "x=y"));
        assertThat(spec.hasNoNewPrivileges()).isTrue();
        assertThat(spec.descendants()).isEqualTo(Descendants.WAIT);
    }

    @Test
    void reportEventsAndBackend() {
        RunRequest request = request("--report", "r.json", "--events", "text", "--backend", "linux", "true");

        assertThat(request.report()).contains(Path.of("r.json"));
        assertThat(request.events()).contains(EventFormat.TEXT);
        assertThat(request.settings().values()).containsEntry(Setting.BACKEND, "linux");
    }

    @ParameterizedTest
    @CsvSource({
        "--timeout, banana, 500ms",
        "--timeout, 0, above zero",
        "--timeout, -1, 500ms",
        "--idle-timeout, none, 500ms",
        "--idle-timeout, 0s, above zero",
        "--cpu-time, 1x, 500ms",
        "--memory, 64Q, 64M",
        "--memory, 0, positive",
        "--cpus, 0, from 0.001",
        "--cpus, 0.0001, from 0.001",
        "--cpus, 1e99, from 0.001",
        "--cpus, NaN, from 0.001",
        "--cpus, 1d, from 0.001",
        "--cpus, many, from 0.001",
        "--max-processes, 0, whole number",
        "--max-processes, 1.5, whole number",
        "--swap, -1, 64M",
        "--cpu-weight, 0, 1 to 10000",
        "--process-memory, 0, positive",
        "--affinity, 63, '0 to 62, such as 0,2-3'",
        "--affinity, '', '0 to 62, such as 0,2-3'",
        "--affinity, '0,,1', '0 to 62, such as 0,2-3'",
        "--affinity, '0,3-2', '0 to 62, such as 0,2-3'",
        "--affinity, 0-, '0 to 62, such as 0,2-3'",
        "--affinity, -1, '0 to 62, such as 0,2-3'",
        "--affinity, 0x3, '0 to 62, such as 0,2-3'",
        "--affinity, 99999999999, '0 to 62, such as 0,2-3'",
        "--open-files, 2, 3 to",
        "--read-bandwidth, 0, positive",
        "--nice, 20, -20 to 19",
        "--oom-score-adj, first, whole number",
        "--grace, -1s, 500ms",
        "--kill-wait, soon, 500ms",
        "--signal, SIGWINCH, TERM",
        "--descendants, keep, end or wait",
        "--env, NAME, NAME=VALUE",
        "--env, =x, NAME=VALUE",
        "--events, xml, json or text",
        "--report, '', name a file",
        "--cwd, '', name a file or folder",
        "--backend, ' ', use a name",
    })
    void aWrongValueIsRefusedByNameWithWhatIsAllowed(String option, String value, String allowed) {
        assertThatThrownBy(() -> {
                    RunRequest request = request(option + "=" + value, "true");
                    request.process();
                    request.events();
                    request.report();
                    request.settings();
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(allowed);
    }

    @Test
    void withoutCommandThereIsNothingToRun() {
        assertThatThrownBy(() -> request("--timeout", "1s").process())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name a program");
    }

    private static RunRequest request(String... words) {
        return new RunRequest(
                new CommandLine(RunOptions.spec()).setExpandAtFiles(false).parseArgs(words));
    }

    @Test
    void everyOptionOfTheContractIsThere() {
        assertThat(RunOptions.spec().optionsMap().keySet())
                .containsAll(List.of(
                        "--timeout",
                        "--idle-timeout",
                        "--cpu-time",
                        "--memory",
                        "--cpus",
                        "--max-processes",
                        "--swap",
                        "--cpu-weight",
                        "--read-bandwidth",
                        "--write-bandwidth",
                        "--read-iops",
                        "--write-iops",
                        "--process-memory",
                        "--affinity",
                        "--open-files",
                        "--file-size",
                        "--core-size",
                        "--nice",
                        "--oom-score-adj",
                        "--grace",
                        "--kill-wait",
                        "--signal",
                        "--best-effort",
                        "--descendants",
                        "--cwd",
                        "--env",
                        "--clear-env",
                        "--no-new-privileges",
                        "--events",
                        "--report",
                        "--backend"));
    }
}
