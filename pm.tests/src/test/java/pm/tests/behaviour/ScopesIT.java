package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Cause;
import pm.api.EscalationStep;
import pm.api.ManagedProcess;
import pm.api.ProcessEvent;
import pm.api.ProcessGroup;
import pm.api.ProcessManager;
import pm.api.ProcessSpec;
import pm.api.Stdio;

/** Groups, managers beside each other, and closing from everywhere. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {OpenManager.CGROUP, OpenManager.SUPERVISION})
class ScopesIT extends OpenManager {
    private static final ProcessSpec SLEEP = ProcessSpec.of("sleep", "1000");

    ScopesIT(String containment) {
        super(containment);
    }

    @Test
    void aGroupStopsInReverseOrderOrByDependency() {
        List<ManagedProcess> order = new CopyOnWriteArrayList<>();
        List<ManagedProcess> members;
        try (ProcessGroup group = manager.group("stack")) {
            ManagedProcess server = group.spawn(SLEEP);
            ManagedProcess log = group.spawn(SLEEP);
            ManagedProcess database = group.spawn(SLEEP, List.of(log));
            members = List.of(database, log, server);
            assertThat(group.members()).containsExactly(server, log, database);
            for (ManagedProcess member : group.members()) {
                CompletableFuture<Void> noted = member.onExit().thenAccept(result -> order.add(member));
                assertThat(noted).isNotDone();
            }
        }
        assertThat(members.get(0).onExit().join().cause()).isEqualTo(Cause.GROUP_CLOSED);
        Awaitility.await().untilAsserted(() -> assertThat(order).containsExactlyElementsOf(members));
    }

    @Test
    void aClosedGroupStartsNothingAndKnowsItsMembers() {
        ProcessGroup group = manager.group("closed");
        group.close();
        group.close();
        assertThatThrownBy(() -> group.spawn(SLEEP)).hasMessageContaining("closed");
        try (ProcessGroup other = manager.group("other");
                ManagedProcess stranger = manager.spawn(SLEEP)) {
            assertThatThrownBy(() -> other.spawn(SLEEP, List.of(stranger)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void closingOneManagerNeverTouchesAnothers() {
        try (ManagedProcess mine = manager.spawn(SLEEP)) {
            try (ProcessManager other = open(settings())) {
                assertThat(other.instanceId()).isNotEqualTo(manager.instanceId());
                other.spawn(SLEEP);
                other.spawn(SLEEP);
                assertThat(other.metrics().spawned()).isEqualTo(2);
            }
            assertThat(mine.isAlive()).isTrue();
            assertThat(ProcessHandle.of(mine.pid())).isPresent();
            assertThat(manager.metrics().spawned()).isEqualTo(1);
        }
    }

    @Test
    void closeIsIdempotentAndSafeFromManyThreads() throws Exception {
        ManagedProcess process = manager.spawn(SLEEP);
        List<Thread> closers = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(process::close, "closer-" + i))
                .toList();
        closers.forEach(Thread::start);
        for (Thread closer : closers) {
            closer.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(closer.isAlive()).isFalse();
        }
        process.close();
        assertThat(process.await().cleanup().proven()).isTrue();
    }

    @Test
    void closingTheManagerEndsAllInParallel() throws Exception {
        for (int i = 0; i < 10; i++) {
            ManagedProcess deaf =
                    manager.spawn(ProcessSpec.of("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done")
                            .stdout(Stdio.pipe()));
            assertThat(deaf.stdout().read()).isEqualTo('r');
        }
        List<ManagedProcess> all = manager.active();
        List<ProcessEvent> events = new CopyOnWriteArrayList<>();
        manager.listen(events::add);
        manager.close();
        List<EscalationStep> steps = events.stream()
                .filter(ProcessEvent.Escalated.class::isInstance)
                .map(ProcessEvent.Escalated.class::cast)
                .peek(step -> assertThat(step.waitLimit())
                        .isEqualTo(step.step() == EscalationStep.TERMINATE ? COMMON_WAIT : Duration.ofSeconds(2)))
                .map(ProcessEvent.Escalated::step)
                .toList();
        // Each tree was sent the signal before the first was killed, a common wait later.
        assertThat(steps).hasSize(20);
        assertThat(steps.subList(0, 10)).containsOnly(EscalationStep.TERMINATE);
        assertThat(all).hasSize(10).noneMatch(ManagedProcess::isAlive);
        assertThat(all).allMatch(process -> process.onExit().join().cause() == Cause.MANAGER_CLOSED);
    }

    @Test
    void anInterruptEndsWhatRunWaitsFor() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread runner = new Thread(
                () -> {
                    try {
                        manager.run(SLEEP);
                    } catch (InterruptedException e) {
                        thrown.add(e);
                    }
                },
                "runner");
        runner.start();
        Awaitility.await().until(() -> manager.active().size() == 1);
        runner.interrupt();
        runner.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(thrown).hasSize(1);
        assertThat(manager.active()).isEmpty();
    }
}
