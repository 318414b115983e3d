package pm.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a reader meets: files of a size to read in one sitting, and a word on every package. */
class SourcesTest {
    private static final int MOST_LINES = 900;
    private static final Set<String> CODE = Set.of("java", "c", "h", "S", "sh");

    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : Repository.sources()) {
            if (!CODE.contains(extension(file))) {
                continue;
            }
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                tooLong.add(Repository.name(file) + " has " + lines + " lines");
            }
        }
        assertThat(tooLong).as("files of more than %d lines", MOST_LINES).isEmpty();
    }

    @Test
    void everyPackageIsExplained() {
        Set<Path> packages = new TreeSet<>();
        for (Path file : Repository.sources()) {
            String name = Repository.name(file);
            if (name.contains("/src/main/java/")
                    && extension(file).equals("java")
                    && !name.endsWith("module-info.java")) {
                packages.add(file.getParent());
            }
        }
        assertThat(packages).isNotEmpty().allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                .exists());
    }

    /** The Javadoc of each top-level type of the API: whether threads may share it. */
    @Test
    void everyPublicTypeOfTheApiSaysWhichThreadsMayUseIt() throws IOException {
        Pattern type = Pattern.compile("(?ms)^(?:/\\*\\*((?:(?!\\*/).)*)\\*/\\R)?(?:@[^\\n]*\\R)*public [^\\n]*");
        List<String> silent = new ArrayList<>();
        int types = 0;
        for (Path file : Repository.sources()) {
            String name = Repository.name(file);
            if (name.startsWith("pm.api/src/main/java/pm/") && !name.endsWith("-info.java")) {
                Matcher found = type.matcher(Files.readString(file));
                if (found.find()) {
                    types++;
                    if (found.group(1) == null || !found.group(1).contains("thread")) {
                        silent.add(name);
                    }
                }
            }
        }
        assertThat(types).isGreaterThan(50);
        assertThat(silent)
                .as("types that do not say which threads may use them")
                .isEmpty();
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
