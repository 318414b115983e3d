package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.api.ProcessTree;
import pm.spi.Containment;
import pm.testing.SpawnsBehindPm;

/** Groups among those of our trees that are no tree's. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class OrphanedGroupTest {
    @Test
    @SpawnsBehindPm("a process in a group of ours, but of no tree")
    void whatLivesInAGroupOfNoTreeIsEndedAndTold() throws Exception {
        try (TestSession session = TestSession.cgroup();
                Containment used = session.contain()) {
            used.start(TestSession.shell("exec sleep 1000"));
            Path group = Files.createDirectory(session.folder().resolve("run/nobodys"));
            Process orphan = new ProcessBuilder("sleep", "1000").start();
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(orphan.pid()));

            session.session().removeLeftovers();

            assertThat(orphan.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(orphan.exitValue()).isEqualTo(128 + 9);
            assertThat(group).doesNotExist();
            assertThat(session.observer().leftovers).singleElement().satisfies(told -> {
                assertThat(told.container()).isEqualTo(group.toString());
                assertThat(told.orphans())
                        .extracting(ProcessTree.Node::pid, ProcessTree.Node::command)
                        .containsExactly(tuple(orphan.pid(), "sleep"));
            });
            assertThat(session.observer().warnings).isEmpty();
            assertThat(used.isEmpty()).isFalse();
            used.kill();
            used.whenEmpty().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }
}
