package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many trees of one session. */
interface CrowdContract extends Subject {
    int MANY = 50;
    int CALLERS = 8;
    int RUNS_OF_EACH = 10;

    @Test
    default void manyTreesTakeNoMoreThreadsThanOneAndLeaveNoDescriptors() throws Exception {
        // The first one brings what is loaded once.
        bench().bytesOf(Request.of(programs().prints("x")));
        try (Tree one = bench().start(programs().sleeps())) {
            one.memberPids();
        }
        Growth growth = Growth.from(MANY / 10, this::openDescriptors);

        List<Tree> trees = new ArrayList<>();
        try {
            for (int number = 0; number < MANY; number++) {
                trees.add(bench().start(programs().sleeps()));
            }
            growth.assertFewThreads();
            Set<Long> pids = new HashSet<>();
            for (Tree tree : trees) {
                assertThat(tree.memberPids()).containsExactly(tree.leader().pid());
                pids.add(tree.leader().pid());
            }
            assertThat(pids).hasSize(MANY);

            // One that ends is one that ends.
            Tree first = trees.remove(0);
            first.close();
            assertGone(List.of(first.leader().pid()));
            assertThat(trees).allMatch(tree -> lives(tree.leader().pid()));
        } finally {
            for (Tree tree : trees) {
                tree.close();
            }
        }
        growth.awaitFewThreads();
        growth.awaitFewDescriptors();
    }

    @Test
    default void manyCallersStartAtOnceAndEachHasItsOwn() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int number = 0; number < CALLERS; number++) {
                String prefix = number + ".";
                all.add(callers.submit(() -> {
                    for (int run = 0; run < RUNS_OF_EACH; run++) {
                        byte[] printed = bench().bytesOf(Request.of(programs().prints(prefix + run)));
                        assertThat(printed).asString().isEqualTo(prefix + run);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(2 * Patience.limit().toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
    }
}
