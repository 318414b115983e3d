package pm.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.api.Health.Check;
import pm.api.Health.Status;
import pm.api.ProcessEvent.UnmanagedChildFound;
import pm.api.ProcessManager.Registration;
import pm.core.events.RecordingSink;
import pm.testing.SpawnsBehindPm;

/** With a real child of this JVM: the operating system is asked. */
@SpawnsBehindPm("what is started behind pm's back must be found")
class UnmanagedChildrenTest {
    private final ManagedChildren managed = new ManagedChildren();
    private final InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(1));
    private final RecordingSink out = new RecordingSink();
    private Process child;

    @BeforeEach
    void spawn() throws IOException {
        child = new ProcessBuilder("sleep", "1000").start();
    }

    @AfterEach
    void end() throws InterruptedException {
        child.destroyForcibly().waitFor();
    }

    private Check look(HealthCheck check) {
        return check.check().checks().stream()
                .filter(one -> one.name().equals("unmanaged children"))
                .findFirst()
                .orElseThrow();
    }

    private HealthCheck check(InstantSource clock) {
        return new HealthCheck(new FixedSubject(), new UnmanagedChildren(managed, clock), out, clock);
    }

    @Test
    void childIsFoundAndToldOnce() {
        HealthCheck check = check(later);

        assertThat(look(check).status()).isEqualTo(Status.WARNING);
        assertThat(look(check).detail()).contains(child.pid() + " (").doesNotContain("1000");

        assertThat(out.of(UnmanagedChildFound.class)).singleElement().satisfies(found -> {
            assertThat(found.pid()).isEqualTo(child.pid());
            assertThat(found.context().instanceId()).isEqualTo("test");
        });
    }

    @Test
    void childThatEndedIsFoundNoMore() throws InterruptedException {
        HealthCheck check = check(later);
        assertThat(look(check).status()).isEqualTo(Status.WARNING);

        child.destroyForcibly().waitFor();

        await().untilAsserted(() -> assertThat(look(check).status()).isEqualTo(Status.OK));
    }

    @Test
    void childOfAnyManagerOfThisJvmIsNone() {
        HealthCheck check = check(later);

        Registration other = managed.add(() -> Set.of(child.pid()));
        assertThat(look(check).status()).isEqualTo(Status.OK);

        other.close();
        assertThat(look(check).status()).isEqualTo(Status.WARNING);
    }

    @Test
    void childThatIsJustBeingStartedIsNotTakenForUnmanaged() {
        InstantSource atItsStart =
                InstantSource.fixed(child.info().startInstant().orElseThrow());

        assertThat(look(check(atItsStart)).status()).isEqualTo(Status.OK);
    }
}
