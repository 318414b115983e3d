package pm.backend.linux.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockDevicesTest {
    @TempDir
    Path sysfs;

    @Test
    void whatHoldsNothingIsLeftOut() throws Exception {
        device("vda", "536870912", "254:0");
        device("loop0", "0", "7:0");
        Files.createDirectory(sysfs.resolve("odd"));

        assertThat(BlockDevices.in(sysfs)).containsExactly("254:0");
        assertThat(BlockDevices.in(sysfs.resolve("none"))).isEmpty();
    }

    private void device(String name, String size, String number) throws Exception {
        Path folder = Files.createDirectory(sysfs.resolve(name));
        Files.writeString(folder.resolve("size"), size + "\n");
        Files.writeString(folder.resolve("dev"), number + "\n");
    }
}
