package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pm.api.Capabilities.Support;
import pm.api.Health;
import pm.api.LimitKind;
import pm.api.PmApi;
import pm.spi.BackendException;
import pm.spi.BackendProvider;
import pm.spi.Containment;

/** A provider and its sessions: what they tell of themselves, and that nothing stays of them. */
interface SessionContract extends Subject {
    int MANY = 10;

    @Test
    default void theProviderSaysWhoItIs() {
        BackendProvider provider = provider();
        assertThat(provider.name()).isNotBlank().isEqualTo(provider.name());
        // Major and minor; the micro version may be another.
        String[] installed = PmApi.installedVersion().split("\\.", -1);
        assertThat(provider.apiVersion()).startsWith(installed[0] + "." + installed[1] + ".");
    }

    @Test
    default void aSessionTellsAPersonWhatItIs() {
        assertThat(bench().session().containment()).isNotBlank();
        assertThat(bench().session().facts())
                .allSatisfy(fact -> assertThat(fact).isNotBlank());
        assertThat(bench().session().checks())
                .allSatisfy(
                        check -> assertThat(check.status()).as(check.toString()).isNotEqualTo(Health.Status.CRITICAL));
    }

    @Test
    default void everyLimitIsSpokenOf() {
        for (LimitKind kind : LimitKind.values()) {
            Support support = bench().session().capabilities().of(kind);
            assertThat(support.reason()).as("reason of " + kind).isNotBlank();
        }
    }

    @Test
    default void helpersAreChildrenOfThisJvmAndNoMembers() throws Exception {
        try (Tree tree = bench().start(programs().stubborn())) {
            List<Long> pids = tree.printedPids(3);
            Set<Long> helpers = bench().session().helperPids();
            assertThat(Bench.children()).containsAll(helpers);
            assertThat(helpers).doesNotContainAnyElementsOf(pids).doesNotContainAnyElementsOf(tree.memberPids());
            // What is neither a helper nor a leader is nobody's, and reported as started past pm.
            Set<Long> explained = bench().newChildren();
            explained.removeAll(helpers);
            explained.remove(tree.leader().pid());
            assertThat(explained).as("children of this JVM that nobody knows").isEmpty();
        }
    }

    @Test
    default void whatIsNotClosedIsKilledWithTheSession() throws Exception {
        Bench second = another();
        Tree tree;
        List<Long> pids;
        Containment unused;
        try (second) {
            tree = second.start(programs().stubborn());
            pids = tree.printedPids(3);
            unused = second.contain();
        }
        assertGone(pids);
        assertGone(second.session().helperPids());
        tree.leader().stdout().orElseThrow().close();
        assertThat(unused.name()).isNotBlank();
    }

    @Test
    default void nothingOfASessionStays() throws Exception {
        // What is loaded and opened once, by the first session, is no session's.
        closedAgain();
        Growth growth = Growth.from(MANY / 2, this::openDescriptors);
        for (int number = 0; number < MANY; number++) {
            closedAgain();
        }
        growth.awaitFewThreads();
        growth.awaitFewDescriptors();
    }

    private void closedAgain() throws Exception {
        Bench second = another();
        try (second) {
            second.bytesOf(Request.of(programs().prints("x")));
        }
        second.session().close();
    }

    @Test
    default void aClosedSessionContainsNothing() throws Exception {
        Bench second = another();
        second.close();
        assertThatThrownBy(second::contain).isInstanceOf(BackendException.class).hasMessageStartingWith("Could not ");
    }

    @Test
    default void sessionsLeaveEachOtherAlone() throws Exception {
        try (Tree tree = bench().start(programs().stubborn())) {
            List<Long> pids = new ArrayList<>(tree.printedPids(3));
            try (Bench second = another()) {
                second.bytesOf(Request.of(programs().exits(0)));
                second.session().removeLeftovers();
            }
            bench().session().removeLeftovers();
            assertThat(pids).allMatch(this::lives);
            assertThat(tree.containment().isEmpty()).isFalse();
        }
    }
}
