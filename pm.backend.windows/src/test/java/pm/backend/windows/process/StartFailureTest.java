package pm.backend.windows.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pm.backend.windows.kernel.WindowsException;
import pm.spi.StartException;

class StartFailureTest {
    @ParameterizedTest
    @CsvSource({
        "2,NOT_FOUND",
        "3,NOT_FOUND",
        "123,NOT_FOUND",
        "5,NOT_EXECUTABLE",
        "11,NOT_EXECUTABLE",
        "32,NOT_EXECUTABLE",
        "193,NOT_EXECUTABLE",
        "216,NOT_EXECUTABLE",
        "225,NOT_EXECUTABLE",
        "740,NOT_EXECUTABLE",
        "1260,NOT_EXECUTABLE",
        "267,OTHER",
        "206,OTHER",
        "1816,OTHER",
        "8,OTHER",
        "87,OTHER"
    })
    void codesOfCreateProcessAreKinds(int error, StartException.Kind kind) {
        assertThat(StartFailure.kind(error)).isEqualTo(kind);
    }

    @Test
    void theMessageSaysWhatAndWhyAndWhatToDo() {
        assertThat(StartFailure.of("setup", new WindowsException("CreateProcessW C:\\setup.exe", 740)))
                .hasMessageMatching("(?s)Could not start 'setup': CreateProcessW .+ERROR_ELEVATION_REQUIRED, 740.+"
                        + "rights of an administrator.*");
    }
}
