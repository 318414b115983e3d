package pm.backend.windows.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFileTest {
    private static final String CMD = "C:\\Windows\\System32\\cmd.exe";

    @ParameterizedTest
    @ValueSource(strings = {"a.bat", "C:\\x\\A.CMD", "a.bat.", "a.bat ", "a.cmd. . ", ".bat"})
    void whatWindowsTakesForOneIsOne(String file) {
        assertThat(BatchFile.is(file)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.exe", "bat", "a.bat.exe", "a.batx", "", ".", "a.com"})
    void othersAreNone(String file) {
        assertThat(BatchFile.is(file)).isFalse();
    }

    @Test
    void everyWordIsInQuotesWhereNothingHasAMeaning() throws Exception {
        assertThat(BatchFile.commandLine(CMD, "C:\\a b\\c.bat", List.of("x & calc", "", "^|<>()!", "C:\\d\\")))
                .isEqualTo(CMD
                        + " /d /e:on /v:off /s /c \"\"C:\\a b\\c.bat\" \"x & calc\" \"\" \"^|<>()!\" \"C:\\d\\\\\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"&calc", "%PATH%", "a\nb", "a\rb", "%cd:~,1%", "a\0b"})
    void whatCouldBecomeACommandIsRefused(String argument) {
        assertThatThrownBy(() -> BatchFile.commandLine(CMD, "c.bat", List.of("fine", argument)))
                .isInstanceOf(RefusedCommandException.class);
    }

    @Test
    void aFileWhoseNameCouldBecomeACommandIsRefused() {
        assertThatThrownBy(() -> BatchFile.commandLine(CMD, "C:\\%x%\\c.bat", List.of()))
                .isInstanceOf(RefusedCommandException.class)
                .hasMessageContaining("percent sign");
    }

    /** With the generated vectors: whatever is accepted has no quotation mark but our own, so that quotes open and close in pairs. */
    @Test
    void quotesOfAcceptedCommandsArePaired() {
        int accepted = 0;
        for (List<String> vector : Vectors.generated(2000)) {
            try {
                String line = BatchFile.commandLine(CMD, "c.bat", vector);
                assertThat(line.chars().filter(c -> c == '"').count()).isEqualTo(2 + 2 + 2L * vector.size());
                assertThat(line).doesNotContain("%", "\n", "\r");
                accepted++;
            } catch (RefusedCommandException refused) {
                assertThat(String.join("", vector)).containsAnyOf("\"", "%", "\n");
            }
        }
        assertThat(accepted).isGreaterThan(100);
    }
}
