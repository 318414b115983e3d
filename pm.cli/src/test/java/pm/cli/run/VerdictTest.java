package pm.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.Cause;
import pm.api.CommandNotExecutableException;
import pm.api.CommandNotFoundException;
import pm.api.ErrorContext;
import pm.api.ExitStatus;
import pm.api.NoBackendException;
import pm.api.UnsupportedLimitException;

class VerdictTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 125, 126, 127, 255})
    void theCommandsOwn(int code) {
        assertThat(Verdict.of(Results.exited(code))).isEqualTo(new Verdict(code, false));
    }

    @Test
    void aSignalThatPmDidNotSend() {
        assertThat(Verdict.of(Results.ended(Cause.EXITED, new ExitStatus.Signalled(15, false))))
                .isEqualTo(new Verdict(143, false));
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"TIMED_OUT", "IDLE", "CPU_TIME"})
    void anyTimeoutWhateverTheCommandMadeOfIt(Cause cause) {
        assertThat(Verdict.of(Results.ended(cause, new ExitStatus.Exited(0)))).isEqualTo(new Verdict(124, false));
        assertThat(Verdict.of(Results.ended(cause, new ExitStatus.Signalled(9, false))))
                .isEqualTo(new Verdict(124, false));
    }

    @Test
    void outputThatNobodyTookInTime() {
        assertThat(Verdict.ofUndelivered(Results.exited(0))).isEqualTo(new Verdict(124, false));
        assertThat(Verdict.ofUndelivered(Results.outOfMemory())).isEqualTo(new Verdict(137, false));
        assertThat(Verdict.ofUndelivered(Results.unproven(Cause.EXITED))).isEqualTo(Verdict.PM_FAILED);
    }

    @Test
    void outOfMemory() {
        assertThat(Verdict.of(Results.ended(Cause.OUT_OF_MEMORY, new ExitStatus.Signalled(9, false))))
                .isEqualTo(new Verdict(137, false));
    }

    @Test
    void aCountThatCouldOnlyBeHeldByEndingTheTree() {
        assertThat(Verdict.of(Results.ended(Cause.PROCESSES, new ExitStatus.Signalled(15, false))))
                .isEqualTo(new Verdict(125, false));
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void anUnprovenEndGoesBeforeEverythingElse(Cause cause) {
        assertThat(Verdict.of(Results.unproven(cause))).isEqualTo(Verdict.PM_FAILED);
    }

    @Test
    void aLostStatusIsPmsFailure() {
        assertThat(Verdict.of(Results.ended(Cause.LOST, new ExitStatus.Unknown("gone"))))
                .isEqualTo(Verdict.PM_FAILED);
    }

    @Test
    void whatCouldNotBeStarted() {
        assertThat(Verdict.of(new CommandNotFoundException("x", ErrorContext.NONE)))
                .isEqualTo(new Verdict(127, false));
        assertThat(Verdict.of(new CommandNotExecutableException("x", ErrorContext.NONE)))
                .isEqualTo(new Verdict(126, false));
        assertThat(Verdict.of(new UnsupportedLimitException("x", ErrorContext.NONE)))
                .isEqualTo(Verdict.PM_FAILED);
        assertThat(Verdict.of(new NoBackendException("x", ErrorContext.NONE))).isEqualTo(Verdict.PM_FAILED);
    }

    @Test
    void whatWentWrongIsSaidInOneLine() {
        assertThat(Explanation.of(Results.exited(3))).isEmpty();
        assertThat(Explanation.of(Results.ended(Cause.SHUTDOWN, new ExitStatus.Signalled(15, false))))
                .isEmpty();
        assertThat(Explanation.of(Results.ended(Cause.TIMED_OUT, new ExitStatus.Signalled(15, false))))
                .hasValueSatisfying(line -> assertThat(line)
                        .contains("timed out after 1234ms", "sh -c true")
                        .doesNotContain("\n"));
        assertThat(Explanation.of(Results.ended(Cause.PROCESSES, new ExitStatus.Signalled(15, false))))
                .contains("too many processes after 1234ms: ended 'sh -c true', 1 process, nothing left");
        assertThat(Explanation.of(Results.outOfMemory()))
                .contains("out of memory after 1234ms: the kernel killed 'python3 hog' (pid 44);"
                        + " 'sh -c true' has ended, nothing left");
        assertThat(Explanation.of(Results.unproven(Cause.TIMED_OUT)))
                .hasValueSatisfying(line -> assertThat(line).contains("77 D", "stuck"));
    }
}
