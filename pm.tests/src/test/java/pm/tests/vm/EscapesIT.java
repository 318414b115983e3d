package pm.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pm.api.Cause;
import pm.api.Descendants;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.tests.hostile.Marks;
import pm.tests.hostile.Program;

/** Programs that try to get away, ended by {@code close()}. */
class EscapesIT extends ManagerHere {
    static Stream<Program> programs() {
        return Stream.of(Program.values()).filter(program -> Mode.current().endsOtherUsers() || !program.needsRoot());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void nothingOfItIsLeft(Program program) throws Exception {
        String mark = Marks.fresh();
        ManagedProcess ended;
        try (ManagedProcess process = manager.spawn(program.spec(mark))) {
            ended = process;
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(program.marked() > 100 ? 500 : 20))
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> Marks.alive(mark).size() >= program.marked());
        }
        assertThat(Marks.alive(mark)).isEmpty();
        ProcessResult result = ended.await();
        assertThat(result.cause()).isEqualTo(Cause.STOPPED);
        assertThat(result.cleanup().proven()).isTrue();
    }

    @Test
    void whatOutlivesItsLeaderIsEnded() throws Exception {
        String mark = Marks.fresh();
        ProcessResult result = manager.run(shell("setsid sleep " + mark + " & exit 3"));
        assertThat(result.exit().shellCode()).isEqualTo(3);
        assertThat(result.cleanup().proven()).isTrue();
        assertThat(Marks.alive(mark)).isEmpty();
    }

    @Test
    void orIsWaitedFor() throws Exception {
        ProcessResult result = manager.run(
                ProcessSpec.of("sh", "-c", "setsid sleep 0.7 & exit 3").descendants(Descendants.WAIT));
        assertThat(result.exit().shellCode()).isEqualTo(3);
        assertThat(result.duration()).isGreaterThan(Duration.ofMillis(700));
        assertThat(result.cleanup().ended()).isEmpty();
    }
}
