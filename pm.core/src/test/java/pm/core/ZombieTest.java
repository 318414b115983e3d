package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Cause;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessEvent;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;
import pm.api.Setting;
import pm.api.Settings;

/** A parent that never reaps: sleep was given a child by the shell that it was, and does not know of it. */
class ZombieTest {
    private static final ProcessSpec SLOPPY = ProcessSpec.of("sh", "-c", "sh -c 'exit 0' & exec sleep 1000");

    /** auto: control groups where they can be had, which do not list zombies. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "supervision"})
    void aZombieIsSeenByTheHealthCheckAndKeepsNothingFromEnding(String containment) {
        List<ProcessEvent.ZombieFound> told = new CopyOnWriteArrayList<>();
        try (ProcessManager pm =
                ProcessManagers.open(PmApi.VERSION, Settings.none().with(Setting.CONTAINMENT, containment))) {
            pm.listen(event -> {
                if (event instanceof ProcessEvent.ZombieFound found) {
                    told.add(found);
                }
            });
            ManagedProcess process = pm.spawn(SLOPPY);

            await().until(() -> zombies(pm).status() == Health.Status.WARNING);

            await().until(() -> !told.isEmpty());
            ProcessTree.Node zombie = told.get(0).zombie();
            assertThat(zombie.state()).isEqualTo("Z");
            assertThat(zombie.parentPid()).isEqualTo(process.pid());
            assertThat(zombies(pm).detail()).contains(Long.toString(zombie.pid()));
            assertThat(process.tree().nodes()).extracting(ProcessTree.Node::pid).containsExactly(process.pid());

            process.close();

            ProcessResult result = process.onExit().join();
            assertThat(result.cause()).isEqualTo(Cause.STOPPED);
            assertThat(result.cleanup().proven()).isTrue();
            assertThat(zombies(pm).status()).isEqualTo(Health.Status.OK);
            assertThat(told).hasSize(1);
            assertThat(pm.metrics().errors().get("ZombieFound").total()).isEqualTo(1);
        }
    }

    private static Health.Check zombies(ProcessManager pm) {
        return pm.health().checks().stream()
                .filter(check -> check.name().equals("zombies"))
                .findFirst()
                .orElseThrow();
    }
}
