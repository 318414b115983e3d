package pm.backend.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pm.api.Signal;
import pm.contract.Bench;
import pm.contract.OperatingSystem;
import pm.contract.Tree;
import pm.contract.WindowsPrograms;

/** How trees are asked to stop: by consoles of their own. */
class StoppingIT extends SessionIT {
    private Tree listening() throws Exception {
        Tree tree = bench().start(JavaChild.command("listen"));
        assertThat(tree.output().lines(1)).containsExactly("ready");
        return tree;
    }

    private static void assertHeard(Tree tree) {
        tree.awaitEmpty();
        assertThat(tree.output().text().lines()).containsExactly("ready", "heard");
    }

    @Test
    void aConsoleProgramHearsAndNobodyElse() throws Exception {
        try (Tree first = listening();
                Tree second = listening()) {
            first.containment().terminate(Signal.TERM);
            assertHeard(first);
            assertThat(second.containment().isEmpty()).isFalse();
            second.containment().terminate(Signal.INT);
            assertHeard(second);
        }
    }

    @Test
    void aSuspendedProgramHearsAndGoesOn() throws Exception {
        try (Tree tree = listening()) {
            tree.containment().suspend();
            assertThat(tree.containment().members().get(0).state()).isEqualTo("suspended");
            tree.containment().terminate(Signal.TERM);
            assertHeard(tree);
        }
    }

    @Test
    void theLeaderAloneHearsOnItsConsole() throws Exception {
        try (Tree tree = listening()) {
            assertThat(tree.leader().signal(Signal.TERM)).isTrue();
            assertHeard(tree);
            assertThat(tree.leader().signal(Signal.TERM)).isFalse();
        }
    }

    @Test
    void theLastResortIsLeftOutWithoutALeader() throws Exception {
        try (Tree tree = bench().start(new WindowsPrograms().leavesDetached())) {
            long detached = tree.printedPids(1).get(0);
            tree.awaitExit();
            assertThat(OperatingSystem.lives(detached)).isTrue();
            Optional<String> reason = tree.containment().lastResort();
            assertThat(reason).hasValueSatisfying(text -> assertThat(text).startsWith("skipped: the leader has ended"));
            // The job was terminated once more all the same.
            tree.awaitEmpty();
        }
    }

    @Test
    void theHelperLeavesNoFile() throws Exception {
        Bench other = new Bench(new WindowsBackendProvider(), Map.of());
        try (Tree tree = other.start(JavaChild.command("listen"))) {
            tree.output().lines(1);
            tree.containment().terminate(Signal.TERM);
            assertHeard(tree);
            assertThat(helperFiles()).isNotEmpty();
        }
        other.close();
        await().untilAsserted(() -> assertThat(helperFiles()).isEmpty());
    }

    private static List<String> helperFiles() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("pm-console-"))
                    .toList();
        }
    }
}
