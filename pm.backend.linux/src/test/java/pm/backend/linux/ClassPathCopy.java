package pm.backend.linux;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is needed of this JVM's class path, where another user can read it. */
final class ClassPathCopy {
    private static final Pattern NEEDED = Pattern.compile(".*/(pm\\.[a-z.]+|jna-jpms)[^/]*(/.*)?");

    private ClassPathCopy() {}

    /** Copies it and returns the class path to use. */
    static String in(Path folder) throws IOException {
        // Surefire's own class path is a jar that names the others.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> copies = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (NEEDED.matcher(entry).matches()) {
                Path copy = folder.resolve(Integer.toString(copies.size()));
                copy(Path.of(entry), copy);
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
