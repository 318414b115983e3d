package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import pm.api.Cause;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;

/** The life of ordinary trees. */
class LifeIT extends ManagerHere {
    @Test
    void exitStatus() throws Exception {
        assertThat(manager.run(shell("exit 7")).exit().shellCode()).isEqualTo(7);
        assertThat(manager.run(shell("kill -9 $$")).exit().shellCode()).isEqualTo(128 + 9);
    }

    @Test
    void theProgramHasASessionOfItsOwnAndThreeDescriptors() throws Exception {
        ProcessResult result = manager.run(shell("cut -d' ' -f 6 /proc/$$/stat; echo $$; ls /proc/$$/fd"));
        List<String> lines = output(result).lines().toList();
        assertThat(lines.get(0)).as("session").isEqualTo(lines.get(1));
        assertThat(lines.subList(2, lines.size())).containsExactly("0", "1", "2");
    }

    @Test
    void aTimeoutEndsTheTree() throws Exception {
        ProcessResult result = manager.run(shell("trap '' TERM; sleep 1000 & setsid sleep 1000; sleep 1000")
                .timeout(Duration.ofSeconds(1)));
        assertThat(result.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(result.cleanup().proven()).isTrue();
    }

    @Test
    void cpuTimeIsThatOfTheTree() throws Exception {
        ProcessResult result =
                manager.run(shell("for i in 1 2 3 4; do nice -n 19 sh -c 'while :; do :; done' & done; wait")
                        .cpuTime(Duration.ofSeconds(1)));
        assertThat(result.cause()).isEqualTo(Cause.CPU_TIME);
        assertThat(result.usage().cpu()).isBetween(Duration.ofMillis(950), Duration.ofMillis(3000));
    }

    @Test
    void suspendedAndResumed() {
        try (ManagedProcess process =
                manager.spawn(shell("while :; do :; done & setsid sh -c 'while :; do :; done' & wait"))) {
            Awaitility.await().until(() -> process.tree().nodes().size() >= 3);
            process.suspend();
            Awaitility.await().untilAsserted(() -> assertThat(used(process, Duration.ofMillis(300)))
                    .isZero());
            process.resume();
            Awaitility.await().untilAsserted(() -> assertThat(used(process, Duration.ofMillis(300)))
                    .isPositive());
        }
    }

    private static Duration used(ManagedProcess process, Duration while_) throws InterruptedException {
        Duration before = process.usage().cpu();
        assertThat(process.await(while_)).isEmpty();
        return process.usage().cpu().minus(before);
    }

    @Test
    void theTreeShowsWhoLives() {
        try (ManagedProcess process = manager.spawn(shell("setsid sleep 1000 & sleep 1000"))) {
            Awaitility.await().untilAsserted(() -> assertThat(process.tree().nodes())
                    .extracting(ProcessTree.Node::command)
                    .filteredOn(command -> command.contains("sleep 1000"))
                    .hasSizeGreaterThanOrEqualTo(2));
        }
    }

    @Test
    void cpuTimeOfWhatLivedShortlyIsCounted() throws Exception {
        ProcessResult result = manager.run(shell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"));
        assertThat(result.usage().cpu()).isPositive();
    }

    @Test
    void allIsWell() {
        try (ManagedProcess process = manager.spawn(ProcessSpec.of("sleep", "1000"))) {
            assertThat(process.isAlive()).isTrue();
            assertThat(manager.health().checks())
                    .filteredOn(check -> check.status() != Health.Status.OK)
                    .isEmpty();
        }
        assertThat(manager.active()).isEmpty();
    }

    @Test
    void fiftyAtATime() {
        for (int i = 0; i < 50; i++) {
            manager.spawn(ProcessSpec.of("sleep", "1000"));
        }
        assertThat(manager.active()).hasSize(50);
        List<Path> groups = manager.active().stream()
                .map(process -> ControlGroups.of(process.pid()))
                .distinct()
                .toList();
        assertThat(groups).hasSize(mode.holder() == Mode.Holder.SUPERVISION ? 1 : 50);
        manager.close();
        assertThat(manager.active()).isEmpty();
    }
}
