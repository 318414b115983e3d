package pm.backend.windows.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongPathTest {
    private static final String LONG = "x".repeat(300);

    @Test
    void onlyLongOnesGetAnotherForm() {
        assertThat(LongPath.of("C:\\a")).isEqualTo("C:\\a");
        assertThat(LongPath.of("C:\\" + LONG)).isEqualTo("\\\\?\\C:\\" + LONG);
        assertThat(LongPath.of("\\\\server\\share\\" + LONG)).isEqualTo("\\\\?\\UNC\\server\\share\\" + LONG);
        assertThat(LongPath.of("\\\\?\\C:\\" + LONG)).isEqualTo("\\\\?\\C:\\" + LONG);
    }

    @Test
    void aProcessCannotStartInALongOne() {
        assertThat(LongPath.isTooLongForDirectory("C:\\" + "x".repeat(255))).isFalse();
        assertThat(LongPath.isTooLongForDirectory("C:\\" + "x".repeat(256))).isTrue();
    }
}
