package pm.tests.wine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pm.api.PmApi;
import pm.testing.ReadJson;
import pm.tests.cli.Marked;

/** The {@code pm} command on Windows. */
class CommandUnderWineIT {
    private final Marked marked = new Marked();

    private static UnderWine.Output run(String... words) throws Exception {
        try (UnderWine pm = UnderWine.pm(words)) {
            return pm.end();
        }
    }

    @Test
    void aTreeWithADetachedChildEndsAtItsTimeout() throws Exception {
        List<String> words = Stream.concat(
                        Stream.of("run", "--timeout", "10s", "--grace", "500ms", "--"),
                        WindowsTree.command(marked.word()).stream())
                .toList();
        try (UnderWine pm = UnderWine.pm(words.toArray(String[]::new))) {
            marked.awaitAlive(WindowsTree.SIZE);
            UnderWine.Output output = pm.end();

            assertThat(marked.alive()).isEmpty();
            assertThat(output.status()).as(output.err()).isEqualTo(124);
            assertThat(output.err()).contains("pm: timed out after ", "nothing left");
        }
    }

    @Test
    void statusAndOutputAreThoseOfTheCommand() throws Exception {
        UnderWine.Output output = run("run", "--", "cmd", "/d", "/c", "echo hello& echo sorry>&2& exit 3");

        assertThat(output.status()).as(output.err()).isEqualTo(3);
        assertThat(output.out()).isEqualTo("hello\n");
        assertThat(output.err()).isEqualTo("sorry\n");
    }

    @Test
    void wordsAreNotOnlyAscii() throws Exception {
        String word = "gr\u00fcn, 5 \u20ac, \"a b\"\\";
        UnderWine.Output output = run(Stream.concat(Stream.of("run", "--"), WindowsTree.program("print", word).stream())
                .toArray(String[]::new));

        assertThat(output.status()).as(output.err()).isZero();
        assertThat(output.out()).isEqualTo(word);
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        UnderWine.Output output = run("run", "--", "no-such-program");

        assertThat(output.status()).isEqualTo(127);
        assertThat(output.err()).startsWith("pm: Could not start 'no-such-program': ");
    }

    @Test
    void eventsTellOfTheWholeLife() throws Exception {
        UnderWine.Output output = run("run", "--events", "json", "--", "cmd", "/d", "/c", "exit", "0");

        assertThat(output.status()).as(output.err()).isZero();
        assertThat(output.err().lines().map(line -> ReadJson.object(line).get("event")))
                .contains("Spawned", "Exited", "CleanedUp");
    }

    @Test
    void doctorTellsWhatThereIs() throws Exception {
        UnderWine.Output output = run("doctor");

        assertThat(output.status()).as(output.err()).isZero();
        assertThat(output.out())
                .containsPattern("(?m)^backend +windows: ")
                .containsPattern("(?m)^containment +\\S")
                .containsPattern("(?m)^memory +(enforced|approximated|unsupported): ")
                .containsPattern("(?m)^pm +" + PmApi.VERSION);
    }

    @Test
    void doctorTellsItToProgramsToo() throws Exception {
        UnderWine.Output output = run("doctor", "--json");
        Map<String, Object> found = ReadJson.object(output.out());

        assertThat(output.status()).as(output.err()).isZero();
        assertThat(found.get("backend")).asString().contains("name=windows", "refused=", "not Linux");
        assertThat(found.get("limits")).asString().contains("memory={level=", "cpus={level=", "processes={level=");
    }
}
