package pm.backend.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whether our pids are the host's. */
@EnabledOnOs(OS.LINUX)
class PidNamespaceTest {
    @TempDir
    Path folder;

    private boolean isFirst(String target) throws IOException {
        return PidNamespace.isFirst(Files.createSymbolicLink(folder.resolve("pid"), Path.of(target)));
    }

    @Test
    void theHostsIsTheFirst() throws IOException {
        assertThat(isFirst("pid:[4026531836]")).isTrue();
    }

    @Test
    void aContainersIsNot() throws IOException {
        assertThat(isFirst("pid:[4026532201]")).isFalse();
    }

    @Test
    void oneThatCannotBeSeenIsNot() {
        assertThat(PidNamespace.isFirst(folder.resolve("absent"))).isFalse();
    }
}
