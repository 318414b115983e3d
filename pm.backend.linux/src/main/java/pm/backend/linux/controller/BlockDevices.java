package pm.backend.linux.controller;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The block devices of this host, as sysfs lists them: whole disks, for limits are not of partitions. Safe for use by any thread. */
public final class BlockDevices {
    private static final BlockDevices OF_THIS_HOST = new BlockDevices(() -> in(Path.of("/sys/block")));

    private final Supplier<List<String>> look;
    private volatile boolean seen;

    BlockDevices(Supplier<List<String>> look) {
        this.look = look;
    }

    /** Those of this host. */
    public static BlockDevices ofThisHost() {
        return OF_THIS_HOST;
    }

    /** Those of now that hold anything, as {@code major:minor}. */
    public List<String> now() {
        return look.get();
    }

    /** Whether there are any. Where one was seen that is not looked up again: it is asked for each kind of limit whenever a manager opens. */
    public boolean exist() {
        if (!seen) {
            seen = !now().isEmpty();
        }
        return seen;
    }

    static List<String> in(Path folder) {
        List<String> devices = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                // Loop devices without a file and the like are there, but empty.
                String number = text(entry.resolve("size")).equals("0") ? "" : text(entry.resolve("dev"));
                if (!number.isEmpty()) {
                    devices.add(number);
                }
            }
        } catch (IOException noSysfs) {
            return List.of();
        }
        return devices;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException goneMeanwhile) {
            return "";
        }
    }
}
