package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.api.ExitStatus;
import pm.api.ProcessTree;
import pm.api.Signal;
import pm.backend.linux.proc.ProcFiles;
import pm.spi.Containment;
import pm.spi.NativeProcess;

/** Root may write itself into another group. The leader is our child all the same: it counts, and it is ended. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class EscapedLeaderTest {
    private TestSession session;
    private Path elsewhere;

    @BeforeEach
    void open() throws Exception {
        session = TestSession.cgroup();
        elsewhere = Files.createDirectory(session.folder().resolveSibling("elsewhere-" + UUID.randomUUID()));
    }

    @AfterEach
    void nothingStays() throws Exception {
        session.close();
        assertThat(Files.readString(elsewhere.resolve("cgroup.procs"))).isEmpty();
        Files.delete(elsewhere);
    }

    private NativeProcess startAndLeave(Containment containment) throws Exception {
        NativeProcess leader = containment.start(
                TestSession.shell("echo $$ > " + elsewhere + "/cgroup.procs; echo gone; exec sleep 1000"));
        assertThat(Output.line(leader)).isEqualTo("gone");
        assertThat(ProcFiles.controlGroups(leader.pid())).anyMatch(line -> line.contains("elsewhere-"));
        return leader;
    }

    private static void awaitEnd(Containment containment, NativeProcess leader, int signal) throws Exception {
        assertThat(leader.exit().toCompletableFuture().get(60, TimeUnit.SECONDS))
                .isEqualTo(new ExitStatus.Signalled(signal, false));
        containment.whenEmpty().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(containment.isEmpty()).isTrue();
    }

    @Test
    void isAMemberUntilItIsKilled() throws Exception {
        try (Containment containment = session.contain()) {
            NativeProcess leader = startAndLeave(containment);

            assertThat(containment.isEmpty()).isFalse();
            assertThat(containment.members()).extracting(ProcessTree.Node::pid).containsExactly(leader.pid());

            containment.kill();

            awaitEnd(containment, leader, 9);
            assertThat(containment.members()).isEmpty();
        }
    }

    @Test
    void hearsTheStopSignal() throws Exception {
        try (Containment containment = session.contain()) {
            NativeProcess leader = startAndLeave(containment);

            containment.terminate(Signal.TERM);

            awaitEnd(containment, leader, 15);
        }
    }

    @Test
    void isEndedWithTheSession() throws Exception {
        Containment containment = session.contain();
        NativeProcess leader = startAndLeave(containment);

        session.close();

        awaitEnd(containment, leader, 9);
    }
}
