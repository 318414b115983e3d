package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import pm.api.CommandNotExecutableException;
import pm.api.CommandNotFoundException;
import pm.api.EscalationStep;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.ManagerClosedException;
import pm.api.PmApi;
import pm.api.ProcessEvent;
import pm.api.ProcessGroup;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.SpawnException;
import pm.api.Stdio;
import pm.api.StopPolicy;
import pm.api.TooManyProcessesException;
import pm.api.UnsupportedLimitException;

class ManagerTest extends Managed {
    @Test
    void closeEndsAllTreesInParallel() throws Exception {
        List<ManagedProcess> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(pm.spawn(sh("trap '' TERM; echo $$; sleep 1000").stdout(Stdio.pipe())));
        }
        for (ManagedProcess process : all) {
            assertThat(process.stdout().read()).isPositive();
        }
        assertThat(pm.active()).containsExactlyElementsOf(all);
        pm.close();
        List<EscalationStep> steps = new ArrayList<>();
        while (steps.size() < 40) {
            steps.add(event(ProcessEvent.Escalated.class, event -> true).step());
        }
        assertThat(steps.subList(0, 20)).containsOnly(EscalationStep.TERMINATE);
        assertThat(steps.subList(20, 40)).containsOnly(EscalationStep.KILL);
        assertThat(all).noneMatch(process -> lives(process.pid()));
        assertThat(pm.active()).isEmpty();
        assertThat(event(ProcessEvent.ManagerClosed.class, event -> true).ended())
                .isEqualTo(20);
        assertThatThrownBy(() -> pm.spawn(sh("exit 0"))).isInstanceOf(ManagerClosedException.class);
        pm.close();
    }

    @Test
    void theManagersEndHasItsCommonWaitAndEveryOtherEndThatOfTheTree() throws Exception {
        pm.spawn(sh("sleep 1000")).close();
        assertThat(waitAfter(EscalationStep.TERMINATE)).isEqualTo(SHORT);
        try (ProcessGroup group = pm.group("one")) {
            group.spawn(sh("sleep 1000"));
        }
        assertThat(waitAfter(EscalationStep.TERMINATE)).isEqualTo(SHORT);
        Duration own = Duration.ofMillis(275);
        pm.spawn(sh("trap '' TERM; while :; do sleep 0.05; done")
                .stopPolicy(StopPolicy.defaults().terminateWait(own)));
        pm.spawn(sh("sleep 1000"));
        pm.close();
        assertThat(List.of(waitAfter(EscalationStep.TERMINATE), waitAfter(EscalationStep.TERMINATE)))
                .containsExactlyInAnyOrder(own, COMMON);
    }

    private Duration waitAfter(EscalationStep step) throws InterruptedException {
        return event(ProcessEvent.Escalated.class, it -> it.step() == step).waitLimit();
    }

    @Test
    void aManagerTouchesNobodyElsesProcesses() throws Exception {
        ManagedProcess mine = pm.spawn(sh("sleep 1000"));
        try (ProcessManager other = ProcessManagers.open(PmApi.VERSION, settings())) {
            assertThat(other.instanceId()).isNotEqualTo(pm.instanceId());
            other.spawn(sh("sleep 1000"));
            assertThat(other.find(mine.id()).map(ManagedProcess::pid)).isNotEqualTo(mine.pid());
        }
        assertThat(lives(mine.pid())).isTrue();
    }

    @Test
    void tooManyAreRefusedAtOnceAndCounted() throws Exception {
        for (int i = 0; i < 30; i++) {
            pm.spawn(sh("sleep 1000"));
        }
        assertThatThrownBy(() -> pm.spawn(sh("exit 0")))
                .isInstanceOf(TooManyProcessesException.class)
                .hasMessageContaining("PM_MAX_PROCESSES");
        pm.active().get(0).kill().get();
        assertThat(pm.run(sh("exit 0")).isSuccess()).isTrue();
        assertThat(pm.metrics().spawnFailures()).isEqualTo(Map.of("TooManyProcessesException", 1L));
        assertThat(pm.metrics().active()).isEqualTo(29);
    }

    @Test
    void manyThreadsSpawnWithoutLossAndNeverMoreThanTheMaximum() throws Exception {
        AtomicInteger succeeded = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Thread thread = new Thread(() -> {
                for (int done = 0; done < 10; ) {
                    try {
                        ProcessResult result = pm.run(sh("echo $PM_PROCESS_ID").stdout(Stdio.capture(1, Stdio.KIB)));
                        assertThat(result.stdout().orElseThrow().text()).isEqualTo(result.processId() + "\n");
                        succeeded.incrementAndGet();
                        done++;
                    } catch (TooManyProcessesException e) {
                        most.accumulateAndGet(pm.metrics().active(), Math::max);
                        Thread.onSpinWait();
                    } catch (Exception | AssertionError e) {
                        failures.add(e);
                        return;
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(succeeded).hasValue(640);
        assertThat(most.get()).isLessThanOrEqualTo(30);
        assertThat(pm.metrics().spawned()).isEqualTo(640);
        assertThat(pm.metrics().cleanups()).isEqualTo(640);
        assertThat(pm.metrics().active()).isZero();
    }

    @Test
    void listenersMaySpawnAndClose() throws Exception {
        CompletableFuture<ProcessResult> nested = new CompletableFuture<>();
        ManagedProcess victim = pm.spawn(sh("sleep 1000"));
        pm.listen(event -> {
            if (event instanceof ProcessEvent.Exited exited
                    && exited.context().label().isPresent()) {
                try {
                    victim.close();
                    nested.complete(pm.run(sh("exit 5")));
                } catch (InterruptedException | RuntimeException e) {
                    nested.completeExceptionally(e);
                }
            }
        });
        pm.run(sh("exit 0").label("start"));
        assertThat(nested.get().exit().shellCode()).isEqualTo(5);
        assertThat(lives(victim.pid())).isFalse();
    }

    @Test
    void aListenerMayCloseTheManager() {
        ManagedProcess victim = pm.spawn(sh("sleep 1000"));
        CompletableFuture<Void> closed = new CompletableFuture<>();
        pm.listen(event -> {
            if (event instanceof ProcessEvent.Spawned) {
                pm.close();
                closed.complete(null);
            }
        });
        pm.spawn(sh("sleep 1000"));
        await().atMost(LONG).untilAsserted(() -> assertThat(closed).isDone());
        assertThat(lives(victim.pid())).isFalse();
    }

    @Test
    void whatCannotBeStartedIsTold() throws Exception {
        assertThatThrownBy(() ->
                        pm.spawn(ProcessSpec.of("nosuch-program", "secret").mask(1)))
                .isInstanceOf(CommandNotFoundException.class)
                .hasMessageContaining("Could not start 'nosuch-program'")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(
                        () -> pm.spawn(ProcessSpec.of("/nosuch-folder/secret").mask(0)))
                .isInstanceOf(CommandNotFoundException.class)
                .hasMessageContaining("Could not start '***'")
                .hasStackTraceContaining("***")
                .satisfies(failure -> assertThat(failure)
                        .extracting(Throwable::getCause)
                        .asString()
                        .doesNotContain("secret"));
        assertThatThrownBy(() -> pm.spawn(ProcessSpec.of("/etc/passwd")))
                .isInstanceOf(CommandNotExecutableException.class);
        assertThatThrownBy(() -> pm.spawn(sh("exit 0").in(Path.of("/nosuch"))))
                .isExactlyInstanceOf(SpawnException.class)
                .hasMessageContaining("/nosuch");
        assertThat(event(ProcessEvent.SpawnFailed.class, event -> true).kind()).isEqualTo("CommandNotFoundException");
        assertThat(pm.metrics().active()).isZero();
    }

    @Test
    void aLimitIsHeldOrRefusedOrWarnedOf() throws Exception {
        for (LimitKind kind : LimitKind.values()) {
            // Enough of everything for a shell.
            Limits limits = Limits.none()
                    .with(
                            kind,
                            switch (kind) {
                                case MEMORY, PROCESS_MEMORY -> Limits.GIB;
                                case AFFINITY -> 1;
                                default -> Math.min(kind.most(), 1000);
                            });
            switch (pm.capabilities().of(kind).level()) {
                case ENFORCED ->
                    assertThat(pm.run(sh("exit 0").limits(limits)).warnings()).isEmpty();
                default -> {
                    assertThatThrownBy(() -> pm.spawn(sh("exit 0").limits(limits)))
                            .isInstanceOf(UnsupportedLimitException.class)
                            .hasMessageContaining(kind.label());
                    assertThat(pm.run(sh("exit 0").limits(limits.bestEffort(true)))
                                    .warnings())
                            .singleElement()
                            .asString()
                            .contains(kind.label());
                }
            }
        }
    }

    @Test
    void childrenKnowWhoseTheyAre() throws Exception {
        ProcessResult result =
                pm.run(ProcessSpec.of("env").clearEnv().env("A", "b").stdout(Stdio.capture(1, Stdio.KIB)));
        assertThat(result.stdout().orElseThrow().text().lines())
                .containsExactlyInAnyOrder(
                        "A=b", "PM_INSTANCE_ID=" + pm.instanceId(), "PM_PROCESS_ID=" + result.processId());
        assertThat(pm.instanceId()).matches("[a-zA-Z0-9-]+");
    }

    @Test
    void treesAreShownBeforeAndAfterWhenSomebodyListens() throws Exception {
        ManagedProcess process = pm.spawn(sh("trap '' TERM; sleep 1000"));
        process.kill().get();
        for (String moment : List.of("before spawn", "after spawn", "before kill", "after kill")) {
            event(ProcessEvent.TreeSeen.class, event -> event.moment().equals(moment));
        }
    }

    @Test
    void aHealthyManagerSaysSo() throws Exception {
        try (ManagedProcess process = pm.spawn(sh("sleep 1000"))) {
            assertThat(pm.health().checks())
                    .allSatisfy(check -> assertThat(check.status()).isEqualTo(Health.Status.OK));
            assertThat(process.tree().nodes()).isNotEmpty();
        }
        assertThat(check("shutdown hook").detail()).isEqualTo("registered");
        pm.close();
        assertThat(check("shutdown hook").status()).isEqualTo(Health.Status.CRITICAL);
        assertThat(pm.settings().count(Setting.MAX_PROCESSES)).isEqualTo(30);
        assertThat(pm.backend().name()).isNotBlank();
    }
}
