package pm.backend.posix.libc;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where JNA looks for libraries on Linux. When {@value #PROPERTY} is not set, JNA's class NativeLibrary runs {@code /sbin/ldconfig -p} as it is
 * initialised, and sets the property to the folders that it found, for the whole JVM. pm sets it before to folders found without a child
 * process: those of JNA's own list, and those of {@code /etc/ld.so.conf}. Stateless.
 */
final class LibraryPath {
    static final String PROPERTY = "jna.platform.library.path";

    private static final Path CONFIGURATION = Path.of("/etc/ld.so.conf");
    private static final String INCLUDE = "include";
    /** Files that include each other end here. */
    private static final int DEEPEST = 5;

    private LibraryPath() {}

    /** Sets the property, on Linux and unless it is set. */
    static void set() {
        if ("Linux".equals(System.getProperty("os.name")) && System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, folders());
        }
    }

    private static String folders() {
        String processor =
                System.getProperty("os.arch").toLowerCase(Locale.ROOT).replace("amd64", "x86_64");
        String multiarch = processor + "-linux-gnu";
        Set<String> folders = new LinkedHashSet<>(
                List.of("/usr/lib/" + multiarch, "/lib/" + multiarch, "/usr/lib64", "/lib64", "/usr/lib", "/lib"));
        folders.addAll(configured(CONFIGURATION, 0));
        return folders.stream()
                .filter(folder -> new File(folder).isDirectory())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The folders that a file names, as ldconfig(8) reads it. */
    static List<String> configured(Path file, int depth) {
        List<String> folders = new ArrayList<>();
        if (depth > DEEPEST) {
            return folders;
        }
        for (String line : lines(file)) {
            String text = line.replaceFirst("#.*", "").strip();
            if (text.startsWith(INCLUDE + " ") || text.startsWith(INCLUDE + "\t")) {
                for (Path included :
                        included(file, text.substring(INCLUDE.length()).strip())) {
                    folders.addAll(configured(included, depth + 1));
                }
            } else if (text.startsWith("/")) {
                folders.add(text);
            }
        }
        return folders;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Files that a pattern means, relative to the file that it is in; wildcards in its last part only. */
    private static List<Path> included(Path file, String pattern) {
        Path whole = file.resolveSibling(pattern);
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(whole.getParent(), whole.getFileName().toString())) {
            files.forEach(found::add);
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
