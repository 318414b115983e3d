package pm.backend.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Records as /dev/kmsg gave them (Linux 6.18 and 6.1). */
class OomRecordTest {
    private static final String V1 =
            "6,1205,2542827649,-;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,"
                    + "mems_allowed=0,oom_memcg=/jobs/pm.4711/p3,task_memcg=/jobs/pm.4711/p3,task=python3,pid=16864,uid=0\n";
    private static final String NESTED = "6,7,9,-;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=pm.4711,"
            + "mems_allowed=0,oom_memcg=/pm.4711/run/p3,task_memcg=/pm.4711/run/p3/a,b,task=x,pid=1,uid=2,pid=77,uid=65534\n";

    @Test
    void victimAndItsGroupAreNamed() {
        assertThat(OomRecord.parse(V1)).contains(new OomRecord("/jobs/pm.4711/p3", "python3", 16864));
    }

    @Test
    void namesMayHoldAnything() {
        assertThat(OomRecord.parse(NESTED)).contains(new OomRecord("/pm.4711/run/p3/a,b", "x,pid=1,uid=2", 77));
    }

    @Test
    void otherRecordsAreNotTaken() {
        assertThat(OomRecord.parse("6,1206,2542827650,-;Memory cgroup out of memory: Killed process 16864 (python3)\n"))
                .isEmpty();
        assertThat(OomRecord.parse("")).isEmpty();
    }

    @Test
    void onlyOurOwnGroupIsOurs() {
        assertThat(new OomRecord("/jobs/pm.4711/p3", "x", 1).isIn("/pm.4711/p3"))
                .isTrue();
        assertThat(new OomRecord("/pm.4711/run/p3/below", "x", 1).isIn("/pm.4711/run/p3"))
                .isTrue();
        assertThat(new OomRecord("/jobs/pm.4711/p31", "x", 1).isIn("/pm.4711/p3"))
                .isFalse();
        assertThat(new OomRecord("/jobs/pm.4712/p3", "x", 1).isIn("/pm.4711/p3"))
                .isFalse();
    }

    @Test
    void ourNameForAGroupBeginsWithTheManagersFolder() {
        assertThat(OomVictim.pathEnd(Path.of("/sys/fs/cgroup/memory/jobs/pm.4711/p3")))
                .isEqualTo("/pm.4711/p3");
        assertThat(OomVictim.pathEnd(Path.of("/sys/fs/cgroup/unified/pm.4711/run/p3")))
                .isEqualTo("/pm.4711/run/p3");
    }
}
