package pm.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/guarantees.md} answers for every rule, and the tests that it names are there. */
class GuaranteesTest {
    private static final Path ROOT = Path.of(System.getProperty("pm.root"));
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9, -]+) \\|");
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

    private static String text() throws IOException {
        return Files.readString(ROOT.resolve("docs/guarantees.md"));
    }

    @Test
    void everyRuleHasARow() throws IOException {
        Set<Integer> answered = new TreeSet<>();
        Matcher row = ROW.matcher(text());
        while (row.find()) {
            Matcher range = RANGE.matcher(row.group(1));
            while (range.find()) {
                int first = Integer.parseInt(range.group(1));
                int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
                IntStream.rangeClosed(first, last).forEach(answered::add);
            }
        }
        assertThat(answered).containsAll(IntStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        Matcher test = TEST.matcher(text());
        while (test.find()) {
            String source = sourceOf(test.group(1));
            if (source.isEmpty() || (test.group(2) != null && !source.contains(" " + test.group(2) + "("))) {
                missing.add(test.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String sourceOf(String simpleName) throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                12,
                (file, attributes) ->
                        file.endsWith(simpleName + ".java") && file.toString().contains("/src/test/"))) {
            return files.map(GuaranteesTest::read).collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
