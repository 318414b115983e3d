package pm.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each bundle says what it is and how to integrate it. */
class ReadmesTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    private static List<Path> readmes() {
        return Repository.productModules().stream()
                .filter(module -> Files.exists(module.resolve("bnd.bnd")))
                .map(module -> module.resolve("README.md"))
                .toList();
    }

    @Test
    void everyBundleHasAReadmeUnderItsNameWithMoreThanAHeading() throws IOException {
        assertThat(readmes()).hasSizeGreaterThanOrEqualTo(6);
        for (Path readme : readmes()) {
            List<String> lines = Files.readAllLines(readme);
            assertThat(lines.get(0))
                    .as(readme.toString())
                    .startsWith("# " + readme.getParent().getFileName());
            assertThat(String.join("\n", lines)).as(readme.toString()).hasSizeGreaterThan(800);
        }
    }

    @Test
    void everyFileThatAReadmeLinksToIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path readme : readmes()) {
            String text = Files.readString(readme);
            Matcher link = LINK.matcher(text);
            while (link.find()) {
                if (!Files.exists(readme.resolveSibling(link.group(1)))) {
                    missing.add(Repository.name(readme) + ": " + link.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}
