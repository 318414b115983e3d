package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import pm.api.ExitStatus;
import pm.api.Health;
import pm.api.ProcessTree;
import pm.api.ResourceUsage;
import pm.api.Signal;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessStat;
import pm.spi.BackendException;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;

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

    @Test
    void whatCannotBeStartedLeavesNothing() throws Exception {
        assertStartFails(StartException.Kind.NOT_FOUND, "Could not start 'nosuch': no such file", "nosuch");
        assertStartFails(StartException.Kind.NOT_EXECUTABLE, "Could not start '/etc/passwd'", "/etc/passwd");
        assertThat(groupsOfTrees()).isEmpty();
    }

    private void assertStartFails(StartException.Kind kind, String message, String program) throws Exception {
        try (Containment containment = session.contain()) {
            assertThatThrownBy(() -> containment.start(TestSession.command(program)))
                    .hasMessageStartingWith(message)
                    .asInstanceOf(InstanceOfAssertFactories.type(StartException.class))
                    .extracting(StartException::kind)
                    .isEqualTo(kind);
            assertThat(containment.isEmpty()).isTrue();
        }
    }

    @Test
    void aDetachedTreeOutlivesItsLeaderAndIsKilled() throws Exception {
        try (Containment containment = session.contain()) {
            List<Long> detached = startDetached(containment);

            assertThat(containment.isEmpty()).isFalse();
            assertThat(containment.whenEmpty().toCompletableFuture()).isNotDone();
            assertThat(containment.members()).extracting(ProcessTree.Node::pid).containsAll(detached);
            assertThatThrownBy(containment::close)
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("sleep 1000");

            containment.kill();

            awaitEmpty(containment);
            assertThat(detached).noneMatch(CgroupSessionTest::lives);
            assertThat(containment.members()).isEmpty();
        }
        assertThat(groupsOfTrees()).isEmpty();
    }

    @Test
    void theStopSignalReachesEveryProcessOnceAlsoStoppedOnes(@TempDir Path folder) throws Exception {
        Path heard = folder.resolve("heard");
        // Each shell writes a line per signal and ends; the second stops itself, the third is in a session of its own.
        String trap = "trap \"echo NAME >> " + heard + "; exit\" TERM; echo; ";
        String idle = "while :; do sleep 0.05; done";
        String script = "sh -c '" + trap.replace("NAME", "stopped") + "kill -STOP $$; " + idle + "' & setsid sh -c '"
                + trap.replace("NAME", "outside") + idle + "' & " + trap.replace("NAME", "leader") + idle;
        try (Containment containment = session.contain()) {
            NativeProcess process = containment.start(TestSession.shell(script));
            Output.lines(process, 3);
            await().until(() ->
                    containment.members().stream().anyMatch(node -> node.state().equals("T")));

            containment.terminate(Signal.TERM);

            awaitEmpty(containment);
            assertThat(Files.readAllLines(heard)).containsExactlyInAnyOrder("leader", "stopped", "outside");
        }
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
    void usageIsThatOfTheWholeTreeAlsoAfterItsEnd() throws Exception {
        String busy = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
        try (Containment containment = session.contain()) {
            // Nobody waits for the detached one, so only the group knows what it used.
            NativeProcess process = containment.start(TestSession.shell("(setsid sh -c '" + busy + "' &) ; exit 0"));
            assertThat(status(process)).isEqualTo(new ExitStatus.Exited(0));
            awaitEmpty(containment);

            ResourceUsage usage = containment.usage();
            assertThat(usage.cpu()).isGreaterThan(Duration.ofMillis(10));
            assertThat(usage.readBytes()).isPresent();
            assertThat(containment.violations()).isEmpty();
        }
    }

    @Test
    void theLastResortKillsOneByOne() throws Exception {
        try (Containment containment = session.contain()) {
            startDetached(containment);

            assertThat(containment.lastResort()).isEmpty();

            awaitEmpty(containment);
        }
    }

    @Test
    void whatIsNotClosedIsKilledWithTheSession() throws Exception {
        Containment containment = session.contain();
        List<Long> detached = startDetached(containment);

        session.close();

        awaitEmpty(containment);
        assertThat(detached).noneMatch(CgroupSessionTest::lives);
    }

    @Test
    void descriptorsAreGivenBack() throws Exception {
        runTrue();
        int before = descriptors();

        for (int i = 0; i < 300; i++) {
            runTrue();
        }

        assertThat(descriptors()).isEqualTo(before);
    }

    private void runTrue() throws Exception {
        try (Containment containment = session.contain()) {
            NativeProcess process = containment.start(TestSession.command("true"));
            status(process);
            awaitEmpty(containment);
            process.stdout().orElseThrow().close();
        }
    }

    private static int descriptors() {
        return new File("/proc/self/fd").list().length;
    }

    @Test
    void aSecondSessionLeavesTheFirstAlone() throws Exception {
        try (Containment containment = session.contain()) {
            startDetached(containment);
            try (TestSession second = TestSession.cgroup()) {
                second.session().removeLeftovers();
                assertThat(second.observer().leftovers).isEmpty();
            }
            assertThat(containment.isEmpty()).isFalse();
            containment.kill();
            awaitEmpty(containment);
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

    /** Their shell is gone, their session is another, their parent as well. */
    private static List<Long> startDetached(Containment containment) throws Exception {
        NativeProcess process = containment.start(
                TestSession.shell("env -i setsid sh -c 'sleep 1000 & echo $!; sleep 1000 & echo $!' ; exit 0"));
        String pids = Output.lines(process, 2);
        assertThat(status(process)).isEqualTo(new ExitStatus.Exited(0));
        return Arrays.stream(pids.split("\n", -1)).map(Long::parseLong).toList();
    }

    private List<Path> groupsOfTrees() throws Exception {
        try (var entries = Files.list(session.folder().resolve("run"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    /** A zombie does not: it waits for its new parent, which is not ours. */
    private static boolean lives(long pid) {
        return ProcFiles.stat(pid).filter(ProcessStat::isAlive).isPresent();
    }

    private static ExitStatus status(NativeProcess process) throws Exception {
        return process.exit().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static void awaitEmpty(Containment containment) throws Exception {
        containment.whenEmpty().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
