package pm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommandLineWordsTest {
    private static final String LOST = "\ufffd";

    @Test
    void wordsThatTheJvmCouldNotDecodeComeFromTheRawCommandLine() {
        byte[] raw = "java\0-p\0lib\0run\0\0echo\0blüte\0".getBytes(StandardCharsets.UTF_8);
        String[] decoded = {"run", "", "echo", "bl" + LOST + LOST + "te"};

        assertThat(new CommandLineWords(StandardCharsets.UTF_8).of(decoded, raw))
                .containsExactly("run", "", "echo", "blüte");
    }

    @Test
    void otherCharsetsKeepTheirBytes() {
        byte[] raw = "java\0blüte\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(new CommandLineWords(StandardCharsets.ISO_8859_1).of(new String[] {"blüte"}, raw))
                .containsExactly("blüte");
    }

    @Test
    void whatIsNoTextIsRefusedAndShown() {
        byte[] raw = "java\0rm\0blüte\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() ->
                        new CommandLineWords(StandardCharsets.UTF_8).of(new String[] {"rm", "bl" + LOST + "te"}, raw))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'bl\\xfcte'")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aReplacementCharacterThatWasWrittenIsText() {
        byte[] raw = ("java\0" + LOST + "\0").getBytes(StandardCharsets.UTF_8);

        assertThat(new CommandLineWords(StandardCharsets.UTF_8).of(new String[] {LOST}, raw))
                .containsExactly(LOST);
    }

    @Test
    void asciiNeedsNoLook() {
        String[] words = {"run", "true"};
        assertThat(CommandLineWords.unchanged(words)).isSameAs(words);
    }
}
