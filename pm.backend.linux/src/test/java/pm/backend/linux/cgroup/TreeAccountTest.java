package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.LimitKind;
import pm.api.LimitViolation;
import pm.api.LimitViolation.Victim;
import pm.api.ResourceUsage;
import pm.backend.linux.controller.MemoryV2;
import pm.backend.linux.controller.Pids;

/** Over a folder with files as the kernel would have them. */
class TreeAccountTest {
    private static final Victim VICTIM = new Victim(7, "hog");

    @TempDir
    Path group;

    private final List<LimitViolation> heard = new ArrayList<>();
    private int searches;
    private Optional<Victim> found = Optional.of(VICTIM);

    private TreeAccount account() {
        CgroupFolder folder = new CgroupFolder(group);
        TreeGroups groups =
                new TreeGroups(folder, folder, List.of(), Map.of(new Pids(), folder, new MemoryV2(true), folder));
        return new TreeAccount(groups, heard::add, () -> {
            searches++;
            return found;
        });
    }

    private void refuse(TreeAccount account, int forks) throws Exception {
        Files.writeString(group.resolve("pids.events"), "max " + forks + "\n");
        account.take(ResourceUsage.NONE);
    }

    @Test
    void aStormOfRefusalsIsNotAStormOfEvents() throws Exception {
        TreeAccount account = account();
        for (int forks : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 1000, 1001}) {
            refuse(account, forks);
        }

        assertThat(heard).extracting(LimitViolation::times).containsExactly(1L, 2L, 4L, 8L, 1000L);
        assertThat(account.violations()).extracting(LimitViolation::times).containsExactly(1001L);
        assertThat(searches).isZero();
    }

    @Test
    void theVictimIsLookedForOnce() throws Exception {
        TreeAccount account = account();
        for (int killed : new int[] {0, 1, 1, 2}) {
            Files.writeString(group.resolve("memory.events"), "oom 1\noom_kill " + killed + "\n");
            account.take(ResourceUsage.NONE);
        }

        assertThat(searches).isEqualTo(1);
        assertThat(account.hasMet(LimitKind.MEMORY)).isTrue();
        assertThat(account.violations()).extracting(LimitViolation::victim).containsExactly(Optional.of(VICTIM));
        assertThat(heard).extracting(LimitViolation::times).containsExactly(1L, 2L);
    }

    @Test
    void aVictimThatIsKnownLaterIsTold() throws Exception {
        TreeAccount account = account();
        found = Optional.empty();
        Files.writeString(group.resolve("memory.events"), "oom 1\noom_kill 1\n");
        account.take(ResourceUsage.NONE);
        assertThat(account.violations()).extracting(LimitViolation::victim).containsExactly(Optional.empty());

        found = Optional.of(VICTIM);
        account.take(ResourceUsage.NONE);
        account.findVictim();
        account.findVictim();

        assertThat(account.violations()).extracting(LimitViolation::victim).containsExactly(found);
        assertThat(searches).isEqualTo(2);
    }

    @Test
    void theLastFiguresStayWhenTheGroupIsGone() throws Exception {
        TreeAccount account = account();
        Files.writeString(group.resolve("memory.peak"), "4096\n");
        Files.writeString(group.resolve("cpu.stat"), "user_usec 5\nsystem_usec 6\n");
        account.take(ResourceUsage.NONE);
        Files.delete(group.resolve("memory.peak"));
        Files.delete(group.resolve("cpu.stat"));
        Files.delete(group);

        account.take(ResourceUsage.NONE);

        assertThat(account.usage().peakMemoryBytes()).hasValue(4096);
        assertThat(account.usage().cpu().toNanos()).isEqualTo(11_000);
        Files.createDirectory(group);
    }
}
