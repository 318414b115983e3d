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
    void ownGroupsOfVersion1AreFoundByTheirController() {
        List<String> mounts = List.of(
                "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct",
                "35 31 0:32 /box /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
                "40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd");
        List<String> groups = List.of("4:memory:/box/job", "2:cpu,cpuacct:/a:b", "1:name=systemd:/x", "0::/");

        assertThat(OwnGroup.candidates(groups, "cpu", mounts))
                .containsExactly(Path.of("/sys/fs/cgroup/cpu,cpuacct/a:b"));
        assertThat(OwnGroup.candidates(groups, "memory", mounts)).containsExactly(Path.of("/sys/fs/cgroup/memory/job"));
        assertThat(OwnGroup.candidates(groups, "pids", mounts)).isEmpty();
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
}
