package pm.backend.windows.commandline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the file that a command means, as a shell would: in the directories of PATH, with the endings of PATHEXT. Not in the current
 * directory, and not where the JVM was installed, both of which CreateProcessW would search first.
 */
public final class ProgramLookup {
    /** Endings that CreateProcessW can start; others of PATHEXT are for shells. */
    private static final List<String> STARTABLE = List.of(".com", ".exe", ".bat", ".cmd");

    private final List<String> folders;
    private final List<String> endings;
    private final Predicate<String> isFile;

    /**
     * In an environment.
     *
     * @param path PATH, empty for where Windows has its own programs
     * @param pathExt PATHEXT, empty for what can be started
     * @param system for instance {@code C:\Windows\System32}
     * @param isFile whether a file is there
     */
    public ProgramLookup(Optional<String> path, Optional<String> pathExt, String system, Predicate<String> isFile) {
        this.folders = folders(path.orElse(system + ";" + system.substring(0, system.lastIndexOf('\\'))));
        this.endings = pathExt.map(ProgramLookup::startable)
                .filter(some -> !some.isEmpty())
                .orElse(STARTABLE);
        this.isFile = isFile;
    }

    private static List<String> folders(String path) {
        return Arrays.stream(path.split(";", -1))
                .map(folder -> folder.replace("\"", ""))
                .filter(folder -> !folder.isBlank())
                .toList();
    }

    private static List<String> startable(String pathExt) {
        return Arrays.stream(pathExt.split(";", -1))
                .map(ending -> ending.strip().toLowerCase(Locale.ROOT))
                .filter(STARTABLE::contains)
                .toList();
    }

    /** Whether a program is named without saying where it is. */
    public static boolean isLookedUp(String program) {
        return !program.isEmpty() && program.chars().noneMatch(c -> c == '\\' || c == '/' || c == ':');
    }

    /**
     * Looks in PATH.
     *
     * @param name a name without a directory
     */
    public Optional<String> inPath(String name) {
        return folders.stream()
                .map(folder -> folder.endsWith("\\") || folder.endsWith("/") ? folder + name : folder + "\\" + name)
                .flatMap(base -> candidates(base).stream())
                .filter(isFile)
                .findFirst();
    }

    /**
     * Looks at one place.
     *
     * @param path absolute
     */
    public Optional<String> at(String path) {
        return candidates(path).stream().filter(isFile).findFirst();
    }

    /** Names that have an ending of their own mean that file, before any with another ending behind. */
    private List<String> candidates(String base) {
        List<String> candidates = new ArrayList<>();
        endings.forEach(ending -> candidates.add(base + ending));
        candidates.add(hasEnding(base) ? 0 : candidates.size(), base);
        return candidates;
    }

    private static boolean hasEnding(String path) {
        return path.lastIndexOf('.') > Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
    }

    /** For a person: where it looks. */
    @Override
    public String toString() {
        return String.join(";", folders);
    }
}
