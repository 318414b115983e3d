package pm.backend.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which block devices are limited. */
class BlockDevicesTest {
    @TempDir
    private Path folder;

    private void device(String name, String size) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("size"), size + "\n");
    }

    @Test
    void thoseThatHoldAnything() throws IOException {
        device("vda", "1000");
        device("loop0", "0");
        device("cciss!c0d0", "8");

        assertThat(BlockDevices.in(folder)).containsExactlyInAnyOrder("/dev/vda", "/dev/cciss/c0d0");
        assertThat(BlockDevices.in(folder.resolve("nothing"))).isEmpty();
    }
}
