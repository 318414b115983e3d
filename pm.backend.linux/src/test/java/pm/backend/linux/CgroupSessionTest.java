package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.api.ExitStatus;
import pm.api.Health;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;

/** What of a session with cgroups is to be seen in their folders; all else is in {@link CgroupContractTest}. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class CgroupSessionTest {
    private TestSession session;

    @BeforeEach
    void open() throws Exception {
        session = TestSession.cgroup();
    }

    @AfterEach
    void nothingStays() throws Exception {
        Path folder = session.folder();
        session.close();
        assertThat(folder).doesNotExist();
        assertThat(session.observer().warnings).isEmpty();
    }

    @Test
    void aCommandRunsInsideAndItsGroupGoesWithIt() throws Exception {
        try (Containment containment = session.contain()) {
            NativeProcess process = containment.start(TestSession.shell("cat /proc/self/cgroup; exit 3"));

            assertThat(Output.all(process)).contains(session.folder().getFileName() + "/run/");
            assertThat(status(process)).isEqualTo(new ExitStatus.Exited(3));
            awaitEmpty(containment);
            assertThat(containment.isEmpty()).isTrue();
            assertThat(groupsOfTrees()).isEmpty();
        }
    }

    /** It is born in its group as the launcher's sibling: both are ours to reap. */
    @Test
    void theCommandIsOurChildAndTheLauncherIsNoMore() throws Exception {
        List<Long> before = children();
        try (Containment containment = session.contain()) {
            NativeProcess process = containment.start(TestSession.command("sleep", "1000"));

            assertThat(children()).containsAll(before).contains(process.pid()).hasSize(before.size() + 1);
            containment.kill();
            awaitEmpty(containment);
        }
        assertThat(children()).isEqualTo(before);
    }

    private static List<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }

    @Test
    void whatCannotBeStartedLeavesNoGroup() throws Exception {
        List<Long> before = children();
        try (Containment containment = session.contain()) {
            assertThatThrownBy(() -> containment.start(TestSession.command("nosuch")))
                    .isInstanceOf(StartException.class);
            assertThat(children()).isEqualTo(before);
        }
        assertThat(groupsOfTrees()).isEmpty();
    }

    @Test
    void aGroupThatIsNotEmptySaysWhoLivesInIt() throws Exception {
        try (Containment containment = session.contain()) {
            NativeProcess process = containment.start(TestSession.shell("echo; exec sleep 1000"));
            Output.line(process);
            assertThatThrownBy(containment::close)
                    .isInstanceOf(BackendException.class)
                    // An argument may be a secret, and only the core knows which is. The shell may not be sleep yet.
                    .hasMessageMatching(
                            ".*still inside are \\[" + process.pid() + " . \\(parent \\d+\\) (sh|sleep)\\], end them");
            containment.kill();
            awaitEmpty(containment);
        }
        assertThat(groupsOfTrees()).isEmpty();
    }

    @Test
    void aTreeIsFrozenAndThawed() throws Exception {
        try (Containment containment = session.contain()) {
            NativeProcess process = containment.start(TestSession.shell("echo on; exec sleep 1000"));
            assertThat(Output.line(process)).isEqualTo("on");
            Path events =
                    Path.of(containment.name().substring("cgroup ".length())).resolve("cgroup.events");

            containment.suspend();
            await().until(() -> Files.readString(events).contains("frozen 1"));
            containment.resume();
            await().until(() -> Files.readString(events).contains("frozen 0"));
            containment.suspend();
            containment.kill();

            awaitEmpty(containment);
            assertThat(status(process)).isEqualTo(new ExitStatus.Signalled(9, false));
        }
    }

    @Test
    void healthAndFactsTellWhatIsInUse() {
        assertThat(session.session().checks())
                .extracting(Health.Check::name, Health.Check::status)
                .contains(tuple("guard", Health.Status.OK));
        assertThat(session.session().facts()).anyMatch(fact -> fact.contains("cgroup.kill"));
        assertThat(session.session().containment()).startsWith("cgroup v2, /");
    }

    private List<Path> groupsOfTrees() throws Exception {
        try (var entries = Files.list(session.folder().resolve("run"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    private static ExitStatus status(NativeProcess process) throws Exception {
        return process.exit().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static void awaitEmpty(Containment containment) throws Exception {
        containment.whenEmpty().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
