package pm.tests.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The messages that {@code docs/guides/versions.md} shows. */
final class VersionsGuide {
    private static final Path FILE = Path.of(System.getProperty("pm.root"), "docs", "guides", "versions.md");
    private static final Pattern TEXT = Pattern.compile("^```text\\n(.*?)\\n```", Pattern.MULTILINE | Pattern.DOTALL);

    private VersionsGuide() {}

    /** Those of one section, each as a pattern in which … stands for anything within a line. */
    static List<Pattern> messages(String heading) throws IOException {
        String section = Stream.of(Files.readString(FILE).split("\n## "))
                .filter(text -> text.startsWith(heading + "\n"))
                .collect(Collectors.joining());
        Matcher text = TEXT.matcher(section);
        return text.results()
                .map(match -> Stream.of(match.group(1).split("…", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .map(Pattern::compile)
                .toList();
    }
}
