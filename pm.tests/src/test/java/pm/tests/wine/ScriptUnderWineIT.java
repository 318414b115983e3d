package pm.tests.wine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pm.api.PmApi;

/** {@code pm.cmd}, the script beside {@code pm}, in Wine's cmd.exe: all but the building. */
class ScriptUnderWineIT {
    private static UnderWine.Output script(String javaHome, String... words) throws Exception {
        Stream<String> variables = Stream.of(
                "set", "JAVA_HOME=" + javaHome + "&set", "JDK_JAVA_OPTIONS=" + UnderWine.RANDOM_NUMBERS + "&");
        Stream<String> call = Stream.concat(Stream.of("pm.cmd"), Stream.of(words));
        String[] all = Stream.of(Stream.of("cmd", "/d", "/c"), variables, call)
                .flatMap(part -> part)
                .toArray(String[]::new);
        try (UnderWine cmd = UnderWine.program(all)) {
            return cmd.end();
        }
    }

    @Test
    void becomesPm() throws Exception {
        UnderWine.Output output = script(UnderWine.JRE, "version");

        assertThat(output.status()).as(output.err()).isZero();
        assertThat(output.out()).startsWith("pm " + PmApi.VERSION + ", Java 21");
    }

    @Test
    void handsOnWordsAndStatus() throws Exception {
        UnderWine.Output output = script(UnderWine.JRE, "run", "--", "cmd", "/d", "/c", "exit", "42");

        assertThat(output.status()).as(output.err()).isEqualTo(42);
    }

    @Test
    void saysThatThereIsNoJava() throws Exception {
        UnderWine.Output output = script("Z:\\nowhere", "version");

        assertThat(output.status()).isEqualTo(125);
        assertThat(List.of(output.err().split("\n", -1)))
                .contains("pm: Could not run \"Z:\\nowhere\\bin\\java.exe\": set JAVA_HOME to a JDK, or unset it");
    }
}
