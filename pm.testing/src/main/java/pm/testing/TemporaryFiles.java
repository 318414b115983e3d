package pm.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Files named {@code pm-*} in the folder for temporary files. */
final class TemporaryFiles implements Inventory {
    private final Path folder;

    TemporaryFiles() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    TemporaryFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Map<String, String> take() {
        Map<String, String> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "pm-*")) {
            files.forEach(file -> found.put(file.toString(), "temporary file " + file));
        } catch (IOException e) {
            throw new IllegalStateException("Could not list " + folder + ": " + e, e);
        }
        return found;
    }
}
