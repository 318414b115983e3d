package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.Limits;
import pm.backend.linux.controller.Controller;
import pm.backend.linux.controller.CpuV1;
import pm.backend.linux.controller.Pids;
import pm.spi.BackendException;

/** Over a folder with files as the kernel would have them; one that is not there refuses. */
class LimitWritesTest {
    private static final Limits LIMITS = Limits.none().processes(7).cpus(0.5);

    @TempDir
    Path group;

    private TreeGroups groups;

    @BeforeEach
    void begin() throws Exception {
        CgroupFolder folder = new CgroupFolder(group);
        Map<Controller, CgroupFolder> work = new LinkedHashMap<>();
        work.put(new Pids(), folder);
        work.put(new CpuV1(), folder);
        groups = new TreeGroups(folder, folder, List.of(), work);
        has("pids.max", "3");
        has("cpu.cfs_period_us", "200000");
    }

    private void has(String file, String text) throws Exception {
        Files.writeString(group.resolve(file), text + "\n");
    }

    private String text(String file) throws Exception {
        return Files.readString(group.resolve(file)).strip();
    }

    @Test
    void whatIsTakenStays() throws Exception {
        has("cpu.cfs_quota_us", "10000");

        groups.limit(LIMITS, LIMITS.kinds());

        assertThat(text("pids.max")).isEqualTo("7");
        assertThat(text("cpu.cfs_period_us")).isEqualTo("100000");
        assertThat(text("cpu.cfs_quota_us")).isEqualTo("50000");
    }

    @Test
    void afterARefusalAllIsAsBefore() throws Exception {
        assertThatThrownBy(() -> groups.limit(LIMITS, LIMITS.kinds()))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("Could not set cpu.cfs_quota_us")
                .hasMessageEndingWith("; nothing was changed");

        assertThat(text("pids.max")).isEqualTo("3");
        assertThat(text("cpu.cfs_period_us")).isEqualTo("200000");
    }
}
