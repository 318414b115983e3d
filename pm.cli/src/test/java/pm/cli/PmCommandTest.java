package pm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.PmApi;
import pm.cli.console.Console;
import pm.cli.run.Opening;

class PmCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rnu -- true | did you mean run? (see 'pm help')",
                "--tiemout 3 | Unknown option",
                "run --tiemout 3 true | did you mean --timeout? (see 'pm help run')",
                "run --timeout banana -- true | --timeout: Could not read duration 'banana'",
                "run --timeout 1s --timeout 2s true | only once",
                "run --timeout | Missing required parameter",
                "run --best-effort=maybe true | --best-effort",
                "run | name a program",
                "run -- | name a program",
                "doctor --jsn | did you mean --json? (see 'pm help doctor')",
                "doctor now | Unmatched argument",
                "version 2 | (see 'pm help version')",
                "help rnu | did you mean run?",
            })
    void misuseIsOneLineAnd125(String words, String message) {
        assertThat(execute(words.split(" "))).isEqualTo(125);
        assertThat(text(err))
                .startsWith("pm: ")
                .contains(message)
                .containsOnlyOnce("\n")
                .endsWith("\n");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void withoutWordsTheHelpIsShownAsAComplaint() {
        assertThat(execute()).isEqualTo(125);
        assertThat(text(err)).contains("Usage: pm", "run", "doctor", "version", "help");
        assertThat(text(out)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void helpThatWasAskedForIsPrinted(String words) {
        assertThat(execute(words.split(" "))).isZero();
        assertThat(text(out)).contains("Usage: pm", "run", "doctor", "version", "help");
        assertThat(text(err)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help run", "run --help", "run -h"})
    void helpOfACommand(String words) {
        assertThat(execute(words.split(" "))).isZero();
        assertThat(text(out)).contains("Usage: pm run [OPTION]... [--] COMMAND [ARG]...", "--idle-timeout", "--report");
        assertThat(text(err)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-V"})
    void versions(String word) {
        assertThat(execute(word)).isZero();
        assertThat(text(out)).contains("pm " + PmApi.VERSION, Runtime.version().toString());
    }

    private int execute(String... words) {
        return new PmCommand(new Console(out, err), Opening.late()).execute(words);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(Charset.defaultCharset());
    }
}
