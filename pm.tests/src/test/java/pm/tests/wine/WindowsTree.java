package pm.tests.wine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs for Windows that sleep, with a word among their arguments. */
final class WindowsTree {
    /** How many processes {@link #command} becomes. */
    static final int SIZE = 6;

    private static final Path ROOT = Path.of(System.getProperty("pm.root"));

    private WindowsTree() {}

    /** For a JVM: sleeps for ever. */
    static List<String> sleeper(String word) {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ROOT.resolve("pm.contract/target/classes").toString(),
                "pm.contract.ProgramMain",
                "sleep",
                word);
    }

    /** One process that has detached itself, and a line of descendants that is four deep. */
    static List<String> command(String word) {
        List<String> sleeper = new ArrayList<>(List.of(UnderWine.JRE + "\\bin\\java.exe"));
        sleeper.addAll(sleeper(word));
        List<String> shell = List.of("cmd.exe", "/d", "/c");
        return Stream.of(shell, List.of("start", "", "/b"), sleeper, List.of("&"), shell, shell, shell, sleeper)
                .flatMap(List::stream)
                .toList();
    }
}
