package pm.tests.wine;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs for Windows: an act of the contract's, and a tree of those that sleep. */
final class WindowsTree {
    /** How many processes {@link #command} becomes. */
    static final int SIZE = 6;

    private static final Path CONTRACT = Path.of(System.getProperty("pm.root"), "pm.contract", "target", "classes");

    private WindowsTree() {}

    /** Words for a JVM. */
    static List<String> act(String... words) {
        Stream<String> before = Stream.of(
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", CONTRACT.toString(), "pm.contract.ProgramMain");
        return Stream.concat(before, Stream.of(words)).toList();
    }

    /** The same for pm on Windows. */
    static List<String> program(String... words) {
        return Stream.concat(Stream.of(UnderWine.JRE + "\\bin\\java.exe"), act(words).stream())
                .toList();
    }

    /** One process that has detached itself, and a line of descendants that is four deep; each has the word among its arguments. */
    static List<String> command(String word) {
        List<String> sleeper = program("sleep", word);
        List<String> shell = List.of("cmd.exe", "/d", "/c");
        return Stream.of(shell, List.of("start", "", "/b"), sleeper, List.of("&"), shell, shell, shell, sleeper)
                .flatMap(List::stream)
                .toList();
    }
}
