package pm.tests.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of Java in a guide.
 *
 * @param guide the guide's file name
 * @param line where its code begins
 * @param library what it is written for: the second word behind its fence
 * @param code its text
 */
record Snippet(String guide, long line, String library, String code) {
    private static final Pattern FENCE =
            Pattern.compile("^```java (\\S+)\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    private static final String COMMON = "import java.io.*; import java.nio.charset.*; import java.nio.file.*;"
            + " import java.time.*; import java.util.*; import java.util.concurrent.*;";

    private static final Map<String, String> IMPORTS = Map.of(
            "jdk", "",
            "pm", "import pm.api.*;",
            "zt-exec", "import org.zeroturnaround.exec.*; import org.zeroturnaround.exec.stream.*;",
            "commons-exec", "import org.apache.commons.exec.*; import org.apache.commons.exec.environment.*;");

    static List<Snippet> of(String guide) throws IOException {
        String text = Files.readString(Path.of(System.getProperty("pm.root"), "docs", "guides", guide));
        Matcher matcher = FENCE.matcher(text);
        return matcher.results()
                .map(match -> new Snippet(
                        guide, text.substring(0, match.start(2)).lines().count() + 1, match.group(1), match.group(2)))
                .toList();
    }

    /** A whole file as it is; statements as the body of a method, on a line of its own. */
    String asCompilationUnit() {
        if (code.startsWith("import ")) {
            return code;
        }
        String parameter = library.equals("pm") && !code.contains("ProcessManagers.open") ? "ProcessManager pm" : "";
        return COMMON + IMPORTS.get(library) + " class Snippet { void run(" + parameter + ") throws Exception {\n"
                + code + "\n}}";
    }

    @Override
    public String toString() {
        return guide + ":" + line + " (" + library + ")";
    }
}
