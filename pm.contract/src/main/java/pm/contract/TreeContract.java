package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import pm.api.ExitStatus;
import pm.api.ProcessTree;
import pm.spi.BackendException;
import pm.spi.Containment;

/** What a container knows of its tree, from before the start until it is closed. */
interface TreeContract extends Subject {
    @Test
    default void aContainerIsEmptyBeforeItsStart() throws Exception {
        Containment containment = bench().contain();
        assertThat(containment.name()).isNotBlank();
        assertThat(containment.isEmpty()).isTrue();
        assertThat(containment.members()).isEmpty();
        assertThat(containment.usage().cpu()).isZero();
        assertThat(containment.violations()).isEmpty();
        containment.close();
        containment.close();
    }

    @Test
    default void membersAreTheWholeTreeTheLeaderFirst() throws Exception {
        try (Tree tree = bench().start(programs().stubborn())) {
            List<Long> pids = tree.printedPids(3);
            List<ProcessTree.Node> members = tree.containment().members();
            assertThat(members).extracting(ProcessTree.Node::pid).containsExactlyInAnyOrderElementsOf(pids);
            assertThat(members.get(0).pid()).isEqualTo(tree.leader().pid());
            assertThat(members).allSatisfy(node -> {
                assertThat(node.command()).isNotBlank();
                assertThat(node.state()).isNotBlank();
            });
        }
    }

    @Test
    default void aTreeIsNotEmptyWhileADescendantLives() throws Exception {
        try (Tree tree = bench().start(programs().leavesDetached())) {
            CompletableFuture<Void> empty = tree.containment().whenEmpty().toCompletableFuture();
            long detached = tree.printedPids(1).get(0);
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
            assertThat(tree.containment().isEmpty()).isFalse();
            assertThat(empty).isNotDone();
            assertThat(tree.memberPids()).containsExactly(detached);

            tree.containment().kill();
            Patience.get(empty, "that nothing lives in the tree");
            assertGone(List.of(detached));
            assertThat(tree.containment().members()).isEmpty();
        }
    }

    @Test
    default void aTreeThatEndsByItselfIsEmpty() throws Exception {
        try (Tree tree = bench().start(programs().exits(0))) {
            tree.awaitEmpty();
            assertThat(tree.containment().members()).isEmpty();
            assertThat(tree.awaitExit()).isEqualTo(new ExitStatus.Exited(0));
            assertThat(tree.containment().violations()).isEmpty();
            // Later questions have the same answer.
            tree.awaitEmpty();
        }
    }

    @Test
    default void aContainerWithLifeInsideIsNotRemoved() throws Exception {
        try (Tree tree = bench().start(programs().stubborn())) {
            List<Long> pids = tree.printedPids(3);
            assertThatThrownBy(tree.containment()::close)
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith("Could not ");
            assertThat(pids).allMatch(this::lives);
            assertThat(tree.memberPids()).containsExactlyInAnyOrderElementsOf(pids);

            tree.containment().kill();
            tree.awaitEmpty();
            tree.containment().close();
            tree.containment().close();
            assertGone(pids);
        }
    }

    @Test
    default void usageIsThatOfTheWholeTreeAlsoAfterItsEnd() throws Exception {
        try (Tree tree = bench().start(programs().computesDetached())) {
            Duration meanwhile = tree.containment().usage().cpu();
            tree.awaitEmpty();
            Duration atLast = tree.containment().usage().cpu();
            assertThat(atLast).isGreaterThan(Duration.ofMillis(10)).isGreaterThanOrEqualTo(meanwhile);
        }
    }

    @Test
    default void endsAreToldOnTheBackendsThreads() throws Exception {
        try (Tree tree = bench().start(programs().sleeps())) {
            CompletableFuture<Thread> ofExit = threadOf(tree.leader().exit());
            CompletableFuture<Thread> ofEmpty = threadOf(tree.containment().whenEmpty());
            CompletableFuture<Thread> ofOutput = new CompletableFuture<>();
            tree.leader().stdout().orElseThrow().whenReady(() -> ofOutput.complete(Thread.currentThread()));
            assertThat(ofExit).isNotDone();
            assertThat(ofEmpty).isNotDone();
            assertThat(ofOutput).isNotDone();

            tree.containment().kill();
            assertThat(Patience.get(ofExit, "the exit")).isNotSameAs(Thread.currentThread());
            assertThat(Patience.get(ofEmpty, "the end of the tree")).isNotSameAs(Thread.currentThread());
            assertThat(Patience.get(ofOutput, "the end of the output")).isNotSameAs(Thread.currentThread());
        }
    }

    private static CompletableFuture<Thread> threadOf(CompletionStage<?> stage) {
        return stage.handle((value, failure) -> Thread.currentThread()).toCompletableFuture();
    }
}
