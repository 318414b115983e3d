package pm.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files named {@code pm-*} in the folder for temporary files, except those named {@code pm-PID-*} for another JVM that lives: it may run tests
 * beside this one.
 */
final class TemporaryFiles implements Inventory {
    private static final Pattern OF_A_PROCESS = Pattern.compile("pm-(\\d{1,9})-.*");

    private final Path folder;

    TemporaryFiles() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    TemporaryFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Map<String, String> take() {
        return find(name -> !isKeptByAnother(name));
    }

    @Override
    public Map<String, String> takeBefore() {
        return find(name -> true);
    }

    private Map<String, String> find(Predicate<String> wanted) {
        Map<String, String> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "pm-*")) {
            for (Path file : files) {
                if (wanted.test(file.getFileName().toString())) {
                    found.put(file.toString(), "temporary file " + file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Could not list " + folder + ": " + e, e);
        }
        return found;
    }

    private static boolean isKeptByAnother(String name) {
        Matcher matcher = OF_A_PROCESS.matcher(name);
        if (!matcher.matches()) {
            return false;
        }
        long pid = Long.parseLong(matcher.group(1));
        return pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).isPresent();
    }
}
