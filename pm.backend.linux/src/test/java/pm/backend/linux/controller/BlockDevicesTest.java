package pm.backend.linux.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

    @Test
    void whatWasSeenIsNotLookedUpAgain() {
        AtomicInteger looks = new AtomicInteger();
        List<String> plugged = new ArrayList<>();
        BlockDevices devices = new BlockDevices(() -> {
            looks.incrementAndGet();
            return List.copyOf(plugged);
        });

        assertThat(devices.exist()).isFalse();
        plugged.add("254:0");
        assertThat(devices.exist()).isTrue();
        assertThat(devices.exist()).isTrue();
        assertThat(looks).hasValue(2);
    }

    private void device(String name, String size, String number) throws Exception {
        Path folder = Files.createDirectory(sysfs.resolve(name));
        Files.writeString(folder.resolve("size"), size + "\n");
        Files.writeString(folder.resolve("dev"), number + "\n");
    }
}
