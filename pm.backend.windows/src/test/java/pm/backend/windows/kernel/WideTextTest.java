package pm.backend.windows.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WideTextTest {
    @Test
    void itIsUtf16WithANulBehind() {
        assertThat(WideText.terminated("aü€𝄞")).isEqualTo("aü€𝄞\0".getBytes(StandardCharsets.UTF_16LE));
        assertThat(WideText.read(WideText.terminated("aü€𝄞"), 5)).isEqualTo("aü€𝄞");
    }

    /** Names of files are any 16-bit units on Windows. */
    @Test
    void whatIsNoTextIsKept() {
        assertThat(WideText.raw("\ud834")).containsExactly(0x34, 0xd8);
    }

    @Test
    void aNulInsideIsRefused() {
        assertThatThrownBy(() -> WideText.terminated("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }
}
