package pm.cli.run;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class OpeningTest {
    /** A name that is no more would cost time at each start, and nobody would be told. */
    @ParameterizedTest
    @FieldSource("pm.cli.run.Opening#NATIVE_ACCESS")
    void whatIsLoadedEarlyIsThere(String name) {
        assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
                .doesNotThrowAnyException();
    }
}
