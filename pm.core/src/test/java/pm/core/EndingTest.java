package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import pm.api.AlertKind;
import pm.api.Cause;
import pm.api.CleanupReceipt.Ended;
import pm.api.Descendants;
import pm.api.EscalationStep;
import pm.api.ExitStatus;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.ProcessEvent;
import pm.api.ProcessManagerException;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Signal;
import pm.api.Stdio;
import pm.api.StopPolicy;

class EndingTest extends Managed {
    private static final String DEAF = "trap '' TERM; ";

    @Test
    void aProcessThatEndsByItselfLeavesNothingToDo() throws Exception {
        ProcessResult result = pm.run(sh("exit 7"));
        assertThat(result.cause()).isEqualTo(Cause.EXITED);
        assertThat(result.exit()).isEqualTo(new ExitStatus.Exited(7));
        assertThat(result.cleanup().ended()).isEmpty();
        assertThat(result.cleanup().proven()).isTrue();
        assertThat(pm.active()).isEmpty();
        assertThat(events).noneMatch(ProcessEvent.Escalated.class::isInstance);
    }

    @Test
    void whatOutlivesTheLeaderIsFoundAndEnded() throws Exception {
        ProcessResult result = pm.run(sh("setsid sleep 1000 & echo $!; { setsid sh -c '" + DEAF.replace("'", "\"")
                        + "echo $$; exec sleep 1000' & } | head -n 1")
                .stdout(Stdio.capture(1, Stdio.KIB)));
        List<Long> pids = pids(result.stdout().orElseThrow().text());
        assertThat(pids).hasSize(2).noneMatch(Managed::lives);
        assertThat(result.cause()).isEqualTo(Cause.EXITED);
        assertThat(result.cleanup().proven()).isTrue();
        assertThat(result.cleanup().ended())
                .extracting(Ended::step)
                .contains(EscalationStep.TERMINATE, EscalationStep.KILL);
        assertThat(event(ProcessEvent.OrphansFound.class, event -> true).orphans())
                .hasSize(2);
        assertThat(pm.metrics().errors()).containsOnlyKeys("OrphansFound");
        event(ProcessEvent.AlertStarted.class, it -> it.alert() == AlertKind.ORPHANS);
        assertThat(pm.health().status()).isEqualTo(Health.Status.OK);
        event(ProcessEvent.AlertEnded.class, it -> it.alert() == AlertKind.ORPHANS);
    }

    @Test
    void aRunThatWaitsForDescendantsLastsUntilTheLastOne() throws Exception {
        ProcessResult result = pm.run(sh("setsid sleep 0.5 & exit 3").descendants(Descendants.WAIT));
        assertThat(result.duration()).isGreaterThan(Duration.ofMillis(450));
        assertThat(result.exit()).isEqualTo(new ExitStatus.Exited(3));
        assertThat(result.cause()).isEqualTo(Cause.EXITED);
        assertThat(result.cleanup().ended()).isEmpty();
    }

    @Test
    void deadlinesGoOnForDescendants() throws Exception {
        ProcessResult result = pm.run(
                sh("setsid sleep 1000 & exit 0").descendants(Descendants.WAIT).timeout(SHORT));
        assertThat(result.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(result.exit()).isEqualTo(new ExitStatus.Exited(0));
        assertThat(result.cleanup().proven()).isTrue();
    }

    @Test
    void aLeaderThatListensDoesNotSaveAGrandchildThatDoesNot() throws Exception {
        ProcessResult result;
        try (ManagedProcess process = deaf("sh -c '" + DEAF.replace("'", "\"") + "echo $$; sleep 1000' & wait")) {
            long grandchild = firstPid(process);
            result = process.stop().get();
            assertThat(lives(grandchild)).isFalse();
        }
        assertThat(result.cause()).isEqualTo(Cause.STOPPED);
        assertThat(result.cleanup().ended()).extracting(Ended::step).contains(EscalationStep.KILL);
    }

    @Test
    void noStepIsSkippedAndEachIsAnEvent() throws Exception {
        try (ManagedProcess process = deaf(DEAF + "echo $$; sleep 1000")) {
            firstPid(process);
            process.stop().get();
        }
        assertThat(event(ProcessEvent.Escalated.class, event -> true).step()).isEqualTo(EscalationStep.TERMINATE);
        assertThat(event(ProcessEvent.Escalated.class, event -> true).step()).isEqualTo(EscalationStep.KILL);
        assertThat(event(ProcessEvent.CleanedUp.class, event -> true).cause()).isEqualTo(Cause.STOPPED);
    }

    @Test
    void killShortensARunningEscalation() throws Exception {
        try (ManagedProcess process =
                pm.spawn(sh(DEAF + "echo $$; sleep 1000").stdout(Stdio.pipe()).stopPolicy(patient()))) {
            firstPid(process);
            CompletableFuture<ProcessResult> stopped = process.stop();
            event(ProcessEvent.Escalated.class, event -> event.step() == EscalationStep.TERMINATE);
            assertThat(stopped).isNotDone();
            ProcessResult result = process.kill().get();
            assertThat(result.duration()).isLessThan(LONG);
            assertThat(stopped.get()).isEqualTo(result);
            assertThat(result.exit()).isEqualTo(new ExitStatus.Signalled(9, false));
        }
    }

    @Test
    void aStopWithAShorterPolicyShortensARunningEscalation() throws Exception {
        try (ManagedProcess process =
                pm.spawn(sh(DEAF + "echo $$; sleep 1000").stdout(Stdio.pipe()).stopPolicy(patient()))) {
            firstPid(process);
            CompletableFuture<ProcessResult> stopped = process.stop();
            event(ProcessEvent.Escalated.class, event -> event.step() == EscalationStep.TERMINATE);
            ProcessResult result = process.stop(StopPolicy.defaults().terminateWait(Duration.ZERO))
                    .get();
            assertThat(result.duration()).isLessThan(LONG);
            assertThat(stopped.get()).isEqualTo(result);
        }
    }

    @Test
    void theStopSignalIsThePolicys() throws Exception {
        try (ManagedProcess process =
                pm.spawn(sh("trap 'exit 42' INT; " + DEAF + "echo $$; while :; do sleep 0.05; done")
                        .stdout(Stdio.pipe())
                        .stopPolicy(patient().signal(Signal.INT)))) {
            firstPid(process);
            assertThat(process.stop().get().exit()).isEqualTo(new ExitStatus.Exited(42));
        }
    }

    @Test
    void anExceptionInTheScopeEndsTheTree() throws Exception {
        long[] pid = new long[1];
        assertThatThrownBy(() -> {
                    try (ManagedProcess process = deaf("echo $$; sleep 1000")) {
                        pid[0] = firstPid(process);
                        throw new IllegalStateException("in scope");
                    }
                })
                .isInstanceOf(IllegalStateException.class);
        assertThat(lives(pid[0])).isFalse();
    }

    @Test
    void closeIsIdempotentAndSafeFromAnyThread() throws Exception {
        ManagedProcess process = deaf("echo $$; sleep 1000");
        long pid = firstPid(process);
        Thread other = new Thread(process::close);
        other.start();
        process.close();
        assertThat(lives(pid)).isFalse();
        join(other);
        process.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.await().cause()).isEqualTo(Cause.STOPPED);
    }

    @Test
    void anInterruptDoesNotShortenCloseAndIsKept() throws Exception {
        ManagedProcess process = deaf(DEAF + "echo $$; sleep 1000");
        long pid = firstPid(process);
        Thread.currentThread().interrupt();
        process.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lives(pid)).isFalse();
    }

    @Test
    void anInterruptOfRunEndsTheTree() throws Exception {
        Thread main = Thread.currentThread();
        pm.listen(event -> {
            if (event instanceof ProcessEvent.Spawned) {
                main.interrupt();
            }
        });
        assertThatThrownBy(() -> pm.run(sh("sleep 1000"))).isInstanceOf(InterruptedException.class);
        assertThat(pm.active()).isEmpty();
        assertThat(event(ProcessEvent.CleanedUp.class, event -> true).receipt().proven())
                .isTrue();
    }

    @Test
    void aStoppedTreeIsEndedToo() throws Exception {
        try (ManagedProcess process = deaf("echo $$; sleep 1000")) {
            long pid = firstPid(process);
            process.suspend();
            assertThat(process.tree().nodes()).isNotEmpty();
            process.resume();
            process.signal(Signal.STOP);
            assertThat(process.stop().get().cleanup().proven()).isTrue();
            assertThat(lives(pid)).isFalse();
        }
    }

    @Test
    void aSignalReachesTheLeaderOnlyWhileItLives() throws Exception {
        ManagedProcess process = deaf("trap 'exit 9' USR1; echo $$; while :; do sleep 0.05; done");
        firstPid(process);
        assertThat(process.signal(Signal.USR1)).isTrue();
        assertThat(process.await().exit()).isEqualTo(new ExitStatus.Exited(9));
        assertThat(process.signal(Signal.USR1)).isFalse();
        assertThat(process.tree().nodes()).isEmpty();
        process.close();
    }

    @Test
    void cancellingOrCompletingAFutureDoesNothingToTheProcess() throws Exception {
        try (ManagedProcess process = deaf("echo $$; sleep 1000")) {
            long pid = firstPid(process);
            process.onExit().cancel(true);
            process.onExit().complete(null);
            assertThat(lives(pid)).isTrue();
            assertThat(process.onExit()).isNotDone();
        }
    }

    @Test
    void anActionThatBlocksOnExitHoldsUpNoDeadline() throws Exception {
        CompletableFuture<Void> blocked = new CompletableFuture<>();
        // It ends only when the action is attached: else this thread would run it.
        try (ManagedProcess first = pm.spawn(ProcessSpec.of("cat").stdin(Stdio.pipe()))) {
            CompletableFuture<Void> action = first.onExit().thenRun(blocked::join);
            first.stdin().close();
            assertThat(pm.run(sh("sleep 1000").timeout(SHORT)).cause()).isEqualTo(Cause.TIMED_OUT);
            blocked.complete(null);
            await().untilAsserted(() -> assertThat(action).isDone());
        }
    }

    @Test
    void exceptionsSayWhomTheyAreAbout() {
        assertThatThrownBy(() ->
                        pm.spawn(sh("exit 1").label("mine").mask(2)).await().orThrow())
                .isInstanceOf(ProcessManagerException.class)
                .hasMessageContaining(pm.instanceId())
                .hasMessageContaining("sh -c ***")
                .hasMessageNotContaining("exit 1");
    }

    private ManagedProcess deaf(String script) {
        return pm.spawn(sh(script).stdout(Stdio.pipe()));
    }

    /** The pid that the script wrote when it was ready. */
    private static long firstPid(ManagedProcess process) throws Exception {
        BufferedReader reader = process.asProcess().inputReader();
        return Long.parseLong(reader.readLine());
    }
}
