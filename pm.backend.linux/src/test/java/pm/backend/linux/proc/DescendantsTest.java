package pm.backend.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import pm.testing.SpawnsBehindPm;

@SpawnsBehindPm("what is looked at is any tree")
class DescendantsTest {
    private static final int STRANGERS = 100;
    /** Two looks at two processes read the stats of both and of the parent again, and the lists of both, each file to its end. */
    private static final long MOST_READS = 60;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void bothWaysFindTheSameTree() throws Exception {
        Assumptions.assumeTrue(ProcFiles.LISTS_CHILDREN, "this kernel lists no children");
        Process tree = start("sleep 1000 & (sleep 1000 & sleep 1000 & wait) & wait");
        try {
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(Descendants.living(tree.pid()))
                    .hasSize(4));
            assertThat(pids(Descendants.listed(tree.pid()))).isEqualTo(pids(Descendants.scanned(tree.pid())));
            assertThat(pids(Descendants.of(tree.pid()))).isEqualTo(pids(Descendants.scanned(tree.pid())));
        } finally {
            end(tree);
        }
    }

    @Test
    void aLookReadsAsMuchAsTheTreeIsLarge() throws Exception {
        Assumptions.assumeTrue(ProcFiles.LISTS_CHILDREN, "this kernel lists no children");
        Process strangers = start("for i in $(seq " + STRANGERS + "); do sleep 1000 & done; wait");
        Process tree = start("sleep 1000 & wait");
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Descendants.living(strangers.pid()).size() == STRANGERS);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Descendants.living(tree.pid()).size() == 1);
            // Once before, so that no classes are read.
            assertThat(Descendants.of(tree.pid())).hasSize(1);
            long before = readsOfThisThread();
            List<ProcessStat> look = Descendants.of(tree.pid());
            long reads = readsOfThisThread() - before;
            assertThat(look).hasSize(1);
            assertThat(reads).isLessThan(MOST_READS);
        } finally {
            end(tree);
            end(strangers);
        }
    }

    /** Calls of read(2), proc_pid_io(5). */
    private static long readsOfThisThread() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/io")).stream()
                .filter(line -> line.startsWith("syscr: "))
                .mapToLong(line -> Long.parseLong(line.substring("syscr: ".length())))
                .findFirst()
                .orElseThrow();
    }

    private static Process start(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).start();
    }

    private static Set<Long> pids(List<ProcessStat> processes) {
        return processes.stream().map(ProcessStat::pid).collect(Collectors.toSet());
    }

    /** The shell ends when all that it waits for has ended. */
    private static void end(Process process) throws InterruptedException {
        do {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
    }
}
