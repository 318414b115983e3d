package pm.backend.linux.controller;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The block devices of this host, as sysfs lists them: whole disks, for limits are not of partitions. */
public final class BlockDevices {
    private static final Path FOLDER = Path.of("/sys/block");

    private BlockDevices() {}

    /** Those of now that hold anything, as {@code major:minor}. */
    public static List<String> now() {
        return in(FOLDER);
    }

    static List<String> in(Path folder) {
        List<String> devices = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String size = text(entry.resolve("size"));
                String number = text(entry.resolve("dev"));
                // Loop devices without a file and the like are there, but empty.
                if (!number.isEmpty() && !size.equals("0")) {
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
