package pm.backend.linux.systemd;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The whole block devices of this host, each of which has limits of its own (sysfs(5)). */
final class BlockDevices {
    private static final Path FOLDER = Path.of("/sys/block");

    private BlockDevices() {}

    /** Nodes of those that hold anything now. */
    static List<String> now() {
        return in(FOLDER);
    }

    static List<String> in(Path folder) {
        List<String> nodes = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                // Loop devices without a file and the like are there, but empty.
                if (!Files.readString(entry.resolve("size")).strip().equals("0")) {
                    // A slash in the name is an exclamation mark there.
                    nodes.add("/dev/" + entry.getFileName().toString().replace('!', '/'));
                }
            }
        } catch (IOException noSysfs) {
            return List.copyOf(nodes);
        }
        return nodes;
    }
}
