package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import pm.spi.BackendException;

class CgroupTextTest {
    private static final List<String> HYBRID = List.of(
            "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755",
            "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
            "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:9 - cgroup2 cgroup2 rw");
    private static final List<String> UNIFIED =
            List.of("30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate");
    private static final List<String> CONTAINER =
            List.of("30 23 0:26 /docker/4711 /my\\040groups ro,nosuid - cgroup2 cgroup rw");

    @Test
    void ownGroupOfUnifiedHosts() throws Exception {
        assertThat(folders(List.of("0::/user.slice/user-1000.slice/session-2.scope"), UNIFIED))
                .containsExactly(Path.of("/sys/fs/cgroup/user.slice/user-1000.slice/session-2.scope"));
        assertThat(folders(List.of("0::/"), UNIFIED)).containsExactly(Path.of("/sys/fs/cgroup"));
    }

    @Test
    void ownGroupOfHybridHosts() throws Exception {
        assertThat(folders(List.of("4:memory:/a", "1:name=systemd:/b", "0::/c"), HYBRID))
                .containsExactly(Path.of("/sys/fs/cgroup/unified/c"));
    }

    @Test
    void ownGroupWhereOnlyAPartIsMounted() throws Exception {
        assertThat(folders(List.of("0::/docker/4711/job"), CONTAINER)).containsExactly(Path.of("/my groups/job"));
        assertThat(folders(List.of("0::/docker/4711"), CONTAINER)).containsExactly(Path.of("/my groups"));
        assertThat(folders(List.of("0::/docker/47"), CONTAINER)).isEmpty();
        assertThat(folders(List.of("0::/../sibling"), UNIFIED)).isEmpty();
    }

    @Test
    void hostsWithoutTheUnifiedHierarchyAreRefused() {
        assertThatThrownBy(() -> folders(List.of("4:memory:/a"), HYBRID.subList(0, 2)))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("no cgroup2 file system is mounted");
        assertThatThrownBy(() -> folders(List.of("4:memory:/a"), HYBRID))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("no group of cgroup v2");
    }

    private static List<Path> folders(List<String> groups, List<String> mounts) throws BackendException {
        return OwnGroup.candidates(groups, CgroupMount.parse(mounts));
    }

    @Test
    void eventsAreKeyed() {
        assertThat(CgroupEvents.parse("populated 1\nfrozen 0\n")).isEqualTo(new CgroupEvents(true, false));
        assertThat(CgroupEvents.parse("populated 0\nfrozen 1\n")).isEqualTo(new CgroupEvents(false, true));
    }

    @Test
    void controllersAreSeparatedBySpaces() {
        assertThat(Controllers.parse("\n").names()).isEmpty();
        assertThat(Controllers.parse("cpu memory pids\n").has("memory")).isTrue();
    }

    @Test
    void accountsAreReadFromKeyedFiles() {
        String cpu = """
                usage_usec 30
                user_usec 10
                system_usec 20
                nr_periods 0
                """;
        String io = """
                8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=0 dios=0
                8:0 rbytes=800 wbytes=0 rios=223 wios=0 dbytes=0 dios=0
                """;

        assertThat(CgroupAccount.keyed(cpu, "user_usec")).hasValue(10);
        assertThat(CgroupAccount.keyed(cpu, "sec")).isEmpty();
        assertThat(CgroupAccount.sum(io, "rbytes=")).isEqualTo(1_460_000);
        assertThat(CgroupAccount.sum(io, "wbytes=")).isEqualTo(314_773_504);
    }
}
