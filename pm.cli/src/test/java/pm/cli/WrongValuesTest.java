package pm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;
import pm.cli.console.Console;
import pm.cli.run.Opening;
import pm.cli.run.RunCommand;

/** Whatever is wrong with the value of an option of {@code pm run}: one line that names it, 125, and nothing was started. */
class WrongValuesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    /** Of every option that has a value an empty one, of the others any, and what is wrong in other ways. */
    static Stream<String> wrongWords() {
        Stream<String> everyOption = new RunCommand(Opening.late())
                .spec().options().stream()
                        .filter(option -> !option.usageHelp())
                        .map(OptionSpec::longestName)
                        .map(name -> name + "=" + (takesValue(name) ? "" : "maybe"));
        return Stream.concat(
                everyOption,
                Stream.of(
                        "--events=xml",
                        "--events=JSON",
                        "--backend= ",
                        "--descendants=keep",
                        "--signal=99",
                        "--env=NAME",
                        "--timeout=9999999999d",
                        "--idle-timeout=Infinity",
                        "--cpu-time=1e30",
                        "--grace=-1s",
                        "--kill-wait=NaN",
                        "--memory=99999999999G",
                        "--cpus=0.0001",
                        "--max-processes=99999999999",
                        "--affinity=0,",
                        "--process-memory=0",
                        "--open-files=99999999999999999999",
                        "--nice=-21",
                        "--core-size=x"));
    }

    private static boolean takesValue(String name) {
        return new RunCommand(Opening.late()).spec().findOption(name).arity().max() > 0;
    }

    @ParameterizedTest
    @MethodSource("wrongWords")
    void isOneLineAndNothingIsStarted(String word) {
        Path started = folder.resolve("started");
        int status = new PmCommand(new Console(out, err), Opening.late())
                .execute("run", word, "--", "touch", started.toString());

        assertThat(status).isEqualTo(125);
        assertThat(err.toString(Charset.defaultCharset()))
                .startsWith("pm: ")
                .contains(word.substring(0, word.indexOf('=')))
                .containsOnlyOnce("\n")
                .endsWith("(see 'pm help run')\n");
        assertThat(out.size()).isZero();
        assertThat(started).doesNotExist();
    }
}
