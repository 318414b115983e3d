package pm.backend.macos.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Generated histories of fork, exit, reparenting, reuse of pids, setsid and setpgid, against a kernel that knows the truth. Each is made
 * from its number, which a failure names.
 */
class HistoriesTest {
    private static final int HISTORIES = 100_000;
    /** Of the kind in which not all can be found. */
    private static final int CROWDED_HISTORIES = 40_000;

    private static final int MOST_LOOKS = 400;
    private static final TreeIds IDS = new TreeIds("i", "p");
    private static final Set<Integer> FOREIGN = Set.of(0, 1, 2);

    private long looks;
    private long reused;
    private long escapes;
    private long survivors;
    private long signalledStrangers;
    private long suspected;

    @Test
    void whoWasThereForALookIsNeverMissedAndNoStrangerIsSignalled() {
        for (int number = 0; number < HISTORIES; number++) {
            History history = new History(number, true);
            history.run();
            assertThat(history.kernel.livingOfTree())
                    .as("survivors of history %d", number)
                    .isEmpty();
        }
        report("what exits is seen", HISTORIES);
        assertThat(escapes).isGreaterThan(HISTORIES / 2);
        assertThat(reused).isGreaterThan(HISTORIES / 4);
    }

    /** Here whole generations live and die between two looks: what then cannot be found must be spoken of. */
    @Test
    void whoCannotBeFoundIsSuspected() {
        for (int number = 0; number < CROWDED_HISTORIES; number++) {
            History history = new History(number, false);
            history.run();
            Set<Long> suspects = history.tree.suspects().stream()
                    .map(ProcessRecord::uniqueId)
                    .collect(Collectors.toSet());
            assertThat(history.kernel.livingOfTree())
                    .as("survivors of history %d, suspected %s", number, suspects)
                    .allMatch(survivor -> suspects.contains(survivor.uniqueId) && !survivor.marked);
        }
        report("nothing waits for a look", CROWDED_HISTORIES);
        assertThat(suspected).isPositive();
    }

    @SuppressWarnings("SystemOut") // The figures are what this test has to show.
    private void report(String kind, int histories) {
        System.out.printf(
                Locale.ROOT,
                "histories, %s: %d; looks %d, times all pids were used %d, escapes from a session %d,"
                        + " strangers signalled %d, survivors %d, all of them suspected; histories with suspects %d%n",
                kind,
                histories,
                looks,
                reused,
                escapes,
                signalledStrangers,
                survivors,
                suspected);
    }

    /** One tree, from its start until it is gone. */
    private final class History {
        private final Random random;
        private final HistoryKernel kernel;
        private final Surroundings surroundings;
        private final TrackedTree tree;
        private final int number;

        History(int number, boolean keepsUnseen) {
            this.number = number;
            random = new Random(number);
            kernel = new HistoryKernel(random, keepsUnseen);
            surroundings = new Surroundings(kernel);
            surroundings.look();
            ProcessRecord leader = kernel.startLeader().record();
            tree = new TrackedTree(kernel, IDS, leader, FOREIGN);
            kernel.watch(List.of(leader));
        }

        void run() {
            int life = random.nextInt(50);
            for (int step = 0; step < life; step++) {
                kernel.act();
                // A notice takes its time.
                if (random.nextInt(5) == 0) {
                    look();
                }
            }
            tree.kill();
            int left = MOST_LOOKS;
            while (!tree.isGone()) {
                look();
                assertThat(left--).as("looks left of history %d", number).isPositive();
                if (left == MOST_LOOKS / 2) {
                    kernel.freeze();
                }
            }
            // What nobody knows of goes on forking until here.
            kernel.freeze();
            look();
            reused += kernel.reusedPids;
            escapes += kernel.escapes;
            signalledStrangers += kernel.signalledStrangers;
            survivors += kernel.livingOfTree().size();
            suspected += tree.suspects().isEmpty() ? 0 : 1;
            assertThat(kernel.signalledStrangers)
                    .as("strangers signalled in history %d", number)
                    .isZero();
        }

        private void look() {
            looks++;
            Look all = surroundings.look();
            kernel.reapOrphans();
            // Now and then the notice is late by a look.
            if (random.nextInt(5) > 0 && kernel.takeForkNotice()) {
                tree.forked();
            }
            kernel.watch(tree.see(all, surroundings, kernel).newcomers());
        }
    }
}
