package pm.backend.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import pm.api.ProcessTree;
import pm.backend.linux.kernel.Signals;

/** A JVM that is killed takes its trees along; the operating system is asked, not the session. */
@EnabledIf("pm.backend.linux.TestSession#cgroupsAreOurs")
class CrashTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private OwnCgroupRoot root;

    @BeforeEach
    void makeRoot() throws Exception {
        root = OwnCgroupRoot.make();
    }

    @AfterEach
    void removeRoot() throws Exception {
        root.close();
    }

    @Test
    void theGuardKillsTheTreeAndRemovesTheGroups() throws Exception {
        try (OtherJvm jvm = OtherJvm.in(root)) {
            long guard = jvm.status().guard();
            assertThat(jvm.tree).hasSize(6).allMatch(OtherJvm::lives);

            jvm.signal(Signals.SIGKILL);

            awaitGone(jvm);
            await().atMost(SOON).until(() -> root.managers().isEmpty());
            await().atMost(SOON).until(() -> !OtherJvm.lives(guard));
        }
    }

    @Test
    void theGuardThatReplacesAKilledOneGuards() throws Exception {
        try (OtherJvm jvm = OtherJvm.in(root)) {
            OtherJvm.Status before = jvm.status();
            OtherJvm.signal(before.guard(), Signals.SIGKILL);
            await().until(() -> jvm.status().restored() == 1);
            assertThat(jvm.status().lost()).isEqualTo(1);
            assertThat(jvm.status().guard()).isNotEqualTo(before.guard());
            assertThat(jvm.tree).allMatch(OtherJvm::lives);

            jvm.signal(Signals.SIGKILL);

            awaitGone(jvm);
            await().atMost(SOON).until(() -> root.managers().isEmpty());
        }
    }

    @Test
    void aStoppedGuardWakesWhenTheJvmIsKilled() throws Exception {
        try (OtherJvm jvm = OtherJvm.in(root)) {
            OtherJvm.signal(jvm.status().guard(), Signals.SIGSTOP);

            jvm.signal(Signals.SIGKILL);

            awaitGone(jvm);
            await().atMost(SOON).until(() -> root.managers().isEmpty());
        }
    }

    @Test
    void whatJvmAndGuardLeftIsRemovedByTheNextSession() throws Exception {
        try (OtherJvm jvm = OtherJvm.in(root)) {
            long guard = jvm.status().guard();
            // Stopped, so that it cannot replace its guard.
            jvm.signal(Signals.SIGSTOP);
            OtherJvm.signal(guard, Signals.SIGKILL);
            await().until(() -> !OtherJvm.lives(guard));
            jvm.signal(Signals.SIGKILL);
            jvm.awaitEnd();
            assertThat(jvm.tree).allMatch(OtherJvm::lives);
            Path left = root.managers().get(0);

            try (TestSession next = root.open()) {
                assertThat(jvm.anyOfTreeLives()).isFalse();
                assertThat(left).doesNotExist();
                RecordingObserver.Leftover leftover = next.observer().leftovers.get(0);
                assertThat(leftover.container()).isEqualTo(left.toString());
                assertThat(leftover.orphans()).extracting(ProcessTree.Node::pid).containsAll(jvm.tree);
                // Nobody knows any more which arguments were secret.
                assertThat(leftover.orphans())
                        .extracting(ProcessTree.Node::command)
                        .contains("sleep")
                        .noneMatch(command -> command.contains(" "));
                assertThat(next.observer().warnings).isEmpty();
            }
            assertThat(root.managers()).isEmpty();
        }
    }

    @Test
    void launchersKillTheTreesOfAnUnprivilegedUser(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> user = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        try (OtherJvm jvm = OtherJvm.by(user, List.of(), ClassPathCopy.in(folder))) {
            assertThat(jvm.containment).startsWith("launcher").contains("we may not make groups in");

            assertTreeDiesWith(jvm);
        }
    }

    @Test
    void launchersKillTheTreesOfAJvmThatIgnoresTheEndOfItsChildren() throws Exception {
        List<String> ignoring = List.of("env", "--ignore-signal=CHLD");
        // Else JNA runs ldconfig by the JDK, which with its first child stops to ignore the signal.
        List<String> option = List.of("-Djna.platform.library.path=/usr/lib");
        try (OtherJvm jvm = OtherJvm.by(ignoring, option, System.getProperty("java.class.path"))) {
            // Later JVMs stop to ignore it when they start; then there is nothing to avoid.
            if (jvm.ignoresTheEndOfItsChildren()) {
                assertThat(jvm.containment).startsWith("launcher").contains("SIGCHLD ignored");
            } else {
                assertThat(Runtime.version().feature()).isGreaterThan(17);
                assertThat(jvm.containment).startsWith("cgroup");
            }

            assertTreeDiesWith(jvm);
        }
    }

    private static void assertTreeDiesWith(OtherJvm jvm) throws Exception {
        assertThat(jvm.tree).hasSize(6).allMatch(OtherJvm::lives);

        jvm.signal(Signals.SIGKILL);

        awaitGone(jvm);
    }

    private static void awaitGone(OtherJvm jvm) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_LOOKS)
                .atMost(SOON)
                .until(() -> !jvm.anyOfTreeLives());
    }
}
