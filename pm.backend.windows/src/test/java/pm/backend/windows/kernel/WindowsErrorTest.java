package pm.backend.windows.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowsErrorTest {
    @Test
    void aCodeHasItsNameAndNumber() {
        assertThat(WindowsError.reason(WindowsError.BAD_EXE_FORMAT)).contains("ERROR_BAD_EXE_FORMAT, 193");
        assertThat(WindowsError.reason(98_765)).contains("error 98765");
    }

    @Test
    void aRefusalSaysWhichCall() {
        assertThat(new WindowsException("CreateFileW C:\\x", 5))
                .hasMessageStartingWith("CreateFileW C:\\x: ")
                .hasMessageContaining("ERROR_ACCESS_DENIED, 5");
    }
}
