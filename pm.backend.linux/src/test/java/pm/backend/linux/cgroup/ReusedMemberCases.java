package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.backend.linux.ReusedPid;
import pm.backend.linux.kernel.Signals;

/** Run by {@code PidReuseTest}, in a PID namespace: what a group has listed may be another process when it is signalled. */
@EnabledIf("pm.backend.linux.ReusedPid#isPossible")
class ReusedMemberCases {
    @Test
    void aMemberThatWasReplacedSinceTheGroupListedItIsNotSignalled() throws Exception {
        LockedFolder locked = OwnFolders.make();
        try (ReusedPid pid = ReusedPid.start()) {
            CgroupFolder tree = CgroupFolder.create(locked.path().resolve("tree"));
            Files.writeString(
                    tree.path().resolve("cgroup.procs"),
                    Long.toString(pid.first().pid()));
            MemberSignals signals = new MemberSignals(tree);

            assertThat(signals.send(
                            member -> {
                                assertThat(member).isEqualTo(pid.first().pid());
                                pid.replace();
                                return true;
                            },
                            Signals.SIGKILL))
                    .isEmpty();

            assertThat(pid.isUntouched()).isTrue();
        } finally {
            OwnFolders.remove(locked);
        }
    }
}
