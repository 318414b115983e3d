package pm.backend.windows.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CreateProcessW and jobs, each way in. */
class ProcessCreationIT {
    private Job outer;
    private Job inner;

    @BeforeEach
    void makeJobs() throws WindowsException {
        outer = Job.create();
        inner = Job.create();
    }

    @AfterEach
    void closeJobs() {
        inner.close();
        outer.close();
    }

    private HeldProcess startLasting(ProcessCreation.Birth birth) throws WindowsException {
        try (Handle nothing = OpenFiles.nullDevice()) {
            ProcessOrder order = new ProcessOrder(
                    SystemFolders.program("ping.exe"),
                    "ping -n 1000 127.0.0.1",
                    "SystemRoot=C:\\windows\0\0",
                    Optional.empty(),
                    List.of(nothing, nothing, nothing),
                    List.of(),
                    ProcessOrder.Console.NONE);
            return new ProcessCreation(birth).start(order, List.of(outer, inner));
        }
    }

    @ParameterizedTest
    @EnumSource(ProcessCreation.Birth.class)
    void aProcessIsInAllOfItsJobs(ProcessCreation.Birth birth) throws Exception {
        try (HeldProcess process = startLasting(birth)) {
            assertThat(process.isIn(outer)).isTrue();
            assertThat(process.isIn(inner)).isTrue();
            assertThat(inner.pids()).contains(process.pid());
            assertThat(process.hasEnded()).isFalse();
            inner.terminate(0xc0000005);
            await().until(process::hasEnded);
            assertThat(process.exitCode()).isEqualTo(0xc0000005);
            await().until(() -> inner.activeProcesses() == 0 && outer.activeProcesses() == 0);
        }
    }

    @Test
    void whatIsInTheInnerJobEndsWithTheOuterHandle() throws Exception {
        try (HeldProcess process = startLasting(ProcessCreation.Birth.IN_JOBS)) {
            outer.close();
            await().until(process::hasEnded);
        }
    }

    @Test
    void thisSystemKnowsTheListOfJobs() {
        assertThat(ProcessCreation.best(List.of(outer))).isEqualTo(ProcessCreation.Birth.IN_JOBS);
    }

    @Test
    void aClosedHandleIsNotUsed() {
        inner.close();
        assertThatThrownBy(inner::activeProcesses)
                .isInstanceOf(WindowsException.class)
                .hasMessageContaining("after close");
    }
}
