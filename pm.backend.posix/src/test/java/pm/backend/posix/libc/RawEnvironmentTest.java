package pm.backend.posix.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class RawEnvironmentTest {
    @Test
    void isWhatTheKernelGaveThisJvm() throws Exception {
        byte[] environ = Files.readAllBytes(Path.of("/proc/self/environ"));
        String[] given = new String(environ, StandardCharsets.ISO_8859_1).split("\0");
        List<String> read = RawEnvironment.read().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .toList();
        // The JVM's own launcher may have added variables, and may have taken its own marks out.
        assertThat(read).contains("PM_TEST_SESSION=" + System.getenv("PM_TEST_SESSION"));
        assertThat(given)
                .filteredOn(entry -> !entry.startsWith("_JAVA") && !entry.startsWith("NLSPATH"))
                .allSatisfy(entry -> assertThat(read).contains(entry));
    }
}
