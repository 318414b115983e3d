package pm.backend.windows.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a, a",
                "`a b`, `\"a b\"`",
                "``, `\"\"`",
                "`a\"b`, `\"a\\\"b\"`",
                "`\\`, `\\`",
                "`a\\b`, `a\\b`",
                "`a b\\`, `\"a b\\\\\"`",
                "`\\\"`, `\"\\\\\\\"\"`",
                "*.txt, `\"*.txt\"`",
                "&, &",
                ">nul, >nul",
                "%i, %i"
            })
    void onlyWhatCouldBeMisreadIsInQuotes(String argument, String expected) {
        assertThat(CommandLine.quoted(argument)).isEqualTo(expected);
    }

    @Test
    void programsReadBackWhatWasMeant() throws Exception {
        for (List<String> vector : Vectors.generated(3000)) {
            List<String> command = new ArrayList<>(List.of("C:\\some folder\\program.exe"));
            command.addAll(vector);
            String line = CommandLine.of(command);
            assertThat(ArgvModel.byShell(line)).as(line).isEqualTo(command);
            assertThat(ArgvModel.byRuntime(line)).as(line).isEqualTo(command);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"program", "C:\\folder\\", "two words", "C:\\two words\\", ""})
    void theProgramIsReadByARuleOfItsOwn(String program) throws Exception {
        assertThat(ArgvModel.byShell(CommandLine.of(List.of(program, "x")))).containsExactly(program, "x");
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        assertThatThrownBy(() -> CommandLine.of(List.of("pro\"gram"))).isInstanceOf(RefusedCommandException.class);
        assertThatThrownBy(() -> CommandLine.of(List.of("program", "a\0b")))
                .isInstanceOf(RefusedCommandException.class)
                .hasMessageContaining("NUL");
        assertThatThrownBy(() -> CommandLine.of(List.of("program", "x".repeat(32_760))))
                .isInstanceOf(RefusedCommandException.class)
                .hasMessageContaining("32766");
    }

    @Test
    void theLongestLineIsTaken() throws Exception {
        assertThat(CommandLine.of(List.of("p", "x".repeat(32_764)))).hasSize(32_766);
        assertThatThrownBy(() -> CommandLine.of(List.of("p", "x".repeat(32_765))))
                .isInstanceOf(RefusedCommandException.class);
    }
}
