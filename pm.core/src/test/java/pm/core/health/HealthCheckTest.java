package pm.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static pm.core.events.SampleEvents.node;
import static pm.core.events.SampleEvents.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import pm.api.Health;
import pm.api.Health.Check;
import pm.api.Health.Status;
import pm.api.ProcessEvent.ZombieFound;
import pm.api.ProcessTree;
import pm.core.events.RecordingSink;
import pm.core.events.SettableClock;
import pm.core.health.HealthSubject.TreeState;

class HealthCheckTest {
    private final FixedSubject subject = new FixedSubject();
    private final RecordingSink out = new RecordingSink();
    private final SettableClock clock = new SettableClock();
    private final HealthCheck check =
            new HealthCheck(subject, new UnmanagedChildren(new ManagedChildren(), clock), out, clock);

    private Check look(String name) {
        return check.check().checks().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private TreeState tree(boolean leaderEnded, boolean waits, ProcessTree.Node... members) {
        return new TreeState(process("p1"), leaderEnded, waits, List.of(members), List.of());
    }

    @Test
    void aTreeBeyondItsLimitsIsNamed() {
        subject.trees.add(tree(false, false));
        assertThat(look("limits").status()).isEqualTo(Status.OK);

        subject.trees.add(new TreeState(process("p2"), false, false, List.of(), List.of("25 processes of at most 20")));

        assertThat(look("limits")).isEqualTo(new Check("limits", Status.WARNING, "p2: 25 processes of at most 20"));
    }

    @Test
    void everyCheckIsOkWhenAllIsWell() {
        subject.active = 100;
        subject.backendChecks.add(new Check("guard", Status.OK, "alive"));
        subject.trees.add(tree(false, false, node(1, "S")));

        Instant before = Instant.now();
        Health health = check.check();

        assertThat(health.status()).isEqualTo(Status.OK);
        assertThat(health.time()).isBetween(before, Instant.now());
        assertThat(health.checks())
                .extracting(Check::name)
                .containsExactly(
                        "shutdown hook",
                        "active",
                        "cleanup",
                        "guard",
                        "zombies",
                        "orphans",
                        "limits",
                        "unmanaged children");
    }

    @Test
    void eachFaultIsSeen() {
        subject.shutdown = HealthSubject.Shutdown.NO_HOOK;
        subject.active = 101;
        subject.failedCleanups = 2;
        subject.backendChecks.add(new Check("guard", Status.CRITICAL, "dead"));

        assertThat(look("shutdown hook").status()).isEqualTo(Status.CRITICAL);
        assertThat(look("active")).isEqualTo(new Check("active", Status.CRITICAL, "101 of at most 100"));
        assertThat(look("cleanup").status()).isEqualTo(Status.CRITICAL);
        assertThat(look("guard").status()).isEqualTo(Status.CRITICAL);
        assertThat(check.check().status()).isEqualTo(Status.CRITICAL);
    }

    @Test
    void whoClosesTheManagerAtShutdownIsSeen() {
        subject.shutdown = HealthSubject.Shutdown.CALLER;
        assertThat(look("shutdown hook").status()).isEqualTo(Status.OK);
        assertThat(look("shutdown hook").detail()).contains("PM_SHUTDOWN=caller");
        subject.shutdown = HealthSubject.Shutdown.NOT_CLOSED_BY_CALLER;
        assertThat(look("shutdown hook").status()).isEqualTo(Status.WARNING);
        assertThat(look("shutdown hook").detail()).contains("nobody has closed", "crash guard");
    }

    @Test
    void backendThatCannotBeAskedIsCriticalAndTheOtherChecksAreMade() {
        subject.backendFailure = new IllegalStateException("gone");

        assertThat(look("backend").status()).isEqualTo(Status.CRITICAL);
        assertThat(look("backend").detail()).contains("gone");
        assertThat(look("zombies").status()).isEqualTo(Status.OK);
    }

    @Test
    void zombieThatLastsIsToldOnce() {
        subject.trees.add(tree(false, false, node(1, "S"), node(2, "Z")));

        assertThat(look("zombies").status()).as("may be reaped at once").isEqualTo(Status.OK);
        clock.forward(Duration.ofSeconds(1));
        assertThat(look("zombies").status()).isEqualTo(Status.WARNING);
        assertThat(look("zombies").detail()).contains("2 Z").doesNotContain("1 S");

        assertThat(out.of(ZombieFound.class)).singleElement().satisfies(found -> {
            assertThat(found.zombie().pid()).isEqualTo(2);
            assertThat(found.context()).isEqualTo(process("p1"));
        });
    }

    @Test
    void zombieThatWasReapedAndComesAgainIsAnother() {
        subject.trees.add(tree(false, false, node(2, "Z")));
        check.check();
        subject.trees.clear();
        clock.forward(Duration.ofSeconds(1));
        check.check();
        subject.trees.add(tree(false, false, node(2, "Z")));

        assertThat(look("zombies").status()).isEqualTo(Status.OK);
        assertThat(out.events()).isEmpty();
    }

    @Test
    void membersThatOutliveTheirLeaderAreOrphansUnlessTheyMay() {
        subject.trees.add(tree(true, true, node(3, "S")));
        subject.trees.add(tree(false, false, node(4, "S")));
        assertThat(look("orphans").status()).isEqualTo(Status.OK);

        subject.trees.add(tree(true, false, node(5, "S"), node(6, "Z")));
        assertThat(look("orphans").status()).isEqualTo(Status.WARNING);
        assertThat(look("orphans").detail()).contains("5 S").doesNotContain("3 S", "4 S", "6 Z");
    }
}
