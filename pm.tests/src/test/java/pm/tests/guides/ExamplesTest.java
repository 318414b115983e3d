package pm.tests.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example in a document or a sample opens managers and processes in try-with-resources. */
class ExamplesTest {
    private static final Path ROOT = Path.of(System.getProperty("pm.root"));

    /** Java in a document: behind its fence up to the next one. */
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java[^\\n]*\\n(.*?)^```");

    /** A container closes what these make, by a method of its own: {@code @Deactivate}, the bean's {@code close}, {@code @Disposes}. */
    private static final Pattern CONTAINERS =
            Pattern.compile("^@Activate|@Bean\\(destroyMethod = \"close\"\\)|@Disposes");

    /** What has to be closed. */
    private static final Pattern OPENS = Pattern.compile("ProcessManagers\\.open\\(|\\w+\\.spawn\\(|\\w+\\.group\\(");

    /** The head of a try statement up to what is looked at: its parenthesis is still open. */
    private static final Pattern RESOURCE =
            Pattern.compile("(?s).*\\btry \\((?:[^(){}]|\\((?:[^()]|\\([^()]*\\))*\\))*$");

    private static List<Path> files(String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*" + pattern))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\..*)/.*"))
                    .toList();
        }
    }

    /** What is opened outside of try-with-resources. */
    private static List<String> outside(String code) {
        List<String> outside = new ArrayList<>();
        Matcher opens = OPENS.matcher(code);
        while (opens.find()) {
            if (!RESOURCE.matcher(code.substring(0, opens.start())).matches()) {
                outside.add(code.substring(opens.start()).lines().findFirst().orElseThrow());
            }
        }
        return outside;
    }

    @Test
    void documentsCloseWhatTheyOpen() throws IOException {
        List<String> wrong = new ArrayList<>();
        int blocks = 0;
        for (Path document : files("\\.md")) {
            Matcher block = BLOCK.matcher(Files.readString(document));
            while (block.find()) {
                blocks++;
                if (!CONTAINERS.matcher(block.group(1)).find()) {
                    outside(block.group(1)).forEach(line -> wrong.add(ROOT.relativize(document) + ": " + line));
                }
            }
        }
        assertThat(blocks).isGreaterThan(30);
        assertThat(wrong).isEmpty();
    }

    @Test
    void samplesCloseWhatTheyOpen() throws IOException {
        List<Path> samples = files("/pm\\.tests/samples/.*/src/main/.*\\.java");
        assertThat(samples).hasSizeGreaterThan(2);
        for (Path sample : samples) {
            String code = Files.readString(sample);
            if (code.contains("@Activate") && code.contains(".spawn(")) {
                assertThat(code).as(sample.toString()).contains("@Deactivate").contains(".close()");
            } else {
                assertThat(outside(code)).as(sample.toString()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var pm = ProcessManagers.open(PmApi.VERSION);",
                "try (ProcessManager pm = open()) { ManagedProcess p = pm.spawn(spec); }",
                "try { pm.spawn(spec); } finally { }"
            })
    void whatIsNotClosedIsSeen(String code) {
        assertThat(outside(code)).hasSize(1);
    }
}
