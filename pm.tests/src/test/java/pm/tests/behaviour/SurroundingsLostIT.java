package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import pm.api.AlertKind;
import pm.api.Health;
import pm.api.ProcessEvent;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;
import pm.api.Setting;
import pm.api.Settings;
import pm.testing.SpawnsBehindPm;

/** What a manager with a control group reports when its guard, its group or a group of no tree is not as it should be. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class SurroundingsLostIT extends OpenManager {
    private final List<ProcessEvent> events = new CopyOnWriteArrayList<>();
    private Path folder;

    SurroundingsLostIT() {
        super(CGROUP);
    }

    @Override
    Settings settings() {
        return super.settings().with(Setting.CLEANUP_INTERVAL, Duration.ofMillis(200));
    }

    @BeforeEach
    void watch() {
        manager.listen(events::add);
        String containment = manager.backend().containment();
        folder = Path.of(containment.substring(containment.indexOf('/')));
        assertThat(folder).isDirectory();
        assertThat(check("guard").status()).isEqualTo(Health.Status.OK);
    }

    @AfterEach
    void nothingStays() {
        manager.close();
        assertThat(folder).doesNotExist();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    private Health.Check check(String name) {
        return manager.health().checks().stream()
                .filter(check -> check.name().equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("no check named " + name));
    }

    private <T extends ProcessEvent> List<T> seen(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The group in which guards stand is frozen meanwhile: the guard that replaces the killed one cannot become ready. */
    @Test
    void aKilledGuardIsAnAlertAndAnUnhealthyManagerUntilAnotherStands() throws Exception {
        Path leaf = folder.resolve("guard");
        long guard =
                Long.parseLong(Files.readString(leaf.resolve("cgroup.procs")).strip());
        assertThat(check("guard").detail()).isEqualTo("pid " + guard);
        try {
            Files.writeString(leaf.resolve("cgroup.freeze"), "1");
            assertThat(ProcessHandle.of(guard).orElseThrow().destroyForcibly()).isTrue();

            await().until(() -> seen(ProcessEvent.AlertStarted.class).stream()
                    .anyMatch(alert -> alert.alert() == AlertKind.GUARD_LOST));
            assertThat(check("guard").status()).isEqualTo(Health.Status.CRITICAL);
            assertThat(manager.health().status()).isEqualTo(Health.Status.CRITICAL);
            assertThat(seen(ProcessEvent.AlertEnded.class)).isEmpty();
        } finally {
            Files.writeString(leaf.resolve("cgroup.freeze"), "0");
        }
        await().until(() ->
                seen(ProcessEvent.AlertEnded.class).stream().anyMatch(alert -> alert.alert() == AlertKind.GUARD_LOST));
        assertThat(check("guard").status()).isEqualTo(Health.Status.OK);
        assertThat(check("guard").detail()).isNotEqualTo("pid " + guard);
        assertThat(seen(ProcessEvent.AlertStarted.class)).hasSize(1);
    }

    @Test
    void aGroupThatSomebodyRemovedMakesTheManagerUnhealthy() throws Exception {
        Path run = folder.resolve("run");
        assertThat(check("cgroup").status()).isEqualTo(Health.Status.OK);
        Files.delete(run);

        assertThat(check("cgroup").status()).isEqualTo(Health.Status.CRITICAL);
        assertThat(check("cgroup").detail()).contains(folder.toString());

        Files.createDirectory(run);
        assertThat(check("cgroup").status()).isEqualTo(Health.Status.OK);
    }

    @Test
    @SpawnsBehindPm("a process in a group of ours, but of no tree")
    void whatLivesInAGroupOfNoTreeIsEndedByTheClockAndReported() throws Exception {
        manager.run(ProcessSpec.of("true"));
        Path group = folder.resolve("run/nobodys");
        Process orphan = new ProcessBuilder("sleep", "1000").start();
        try {
            // While it is still empty the clock may remove it.
            await().ignoreException(NoSuchFileException.class).until(() -> {
                Files.createDirectories(group);
                Files.writeString(group.resolve("cgroup.procs"), Long.toString(orphan.pid()));
                return true;
            });

            assertThat(orphan.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(orphan.exitValue()).isEqualTo(128 + 9);
            await().until(() -> !Files.exists(group));
            await().untilAsserted(() -> assertThat(seen(ProcessEvent.OrphansFound.class))
                    .anySatisfy(found -> {
                        assertThat(found.where()).isEqualTo(group.toString());
                        assertThat(found.orphans())
                                .extracting(ProcessTree.Node::pid, ProcessTree.Node::command)
                                .containsExactly(tuple(orphan.pid(), "sleep"));
                    }));
        } finally {
            orphan.destroyForcibly().waitFor();
        }
    }
}
