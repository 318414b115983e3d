package pm.backend.linux.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import pm.api.Limits;
import pm.backend.linux.kernel.Signals;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

class ExecTest extends StartingContract {
    @Override
    protected NativeProcess start(StartRequest request, Limits limits) throws StartException {
        return bench.launching().exec(request, ProcessLimits.of(limits));
    }

    private Launched exec(StartRequest request) throws StartException {
        return bench.launching().exec(request, ProcessLimits.NONE);
    }

    @Test
    void theCommandIsOurOwnChild() throws Exception {
        Launched process = exec(Requests.of("sleep", "1000"));
        assertThat(ProcessHandle.current().children().map(ProcessHandle::pid)).contains(process.pid());
        process.signalGroup(Signals.SIGKILL);
        end(process);
        process.stdout().orElseThrow().close();
        process.stderr().orElseThrow().close();
    }

    @Test
    void aSignalToTheGroupReachesAllOfItUntilTheLeaderIsReaped() throws Exception {
        Launched process = exec(Requests.shell("sleep 1000 & sleep 1000"));
        assertThat(process.signalGroup(Signals.SIGKILL)).isTrue();
        // Both hold the pipe: its end proves that both are gone.
        assertThat(Piped.text(process.stdout().orElseThrow())).isEmpty();
        process.stderr().orElseThrow().close();
        end(process);
        assertThat(process.signalGroup(Signals.SIGKILL)).isFalse();
    }

    @Test
    void usageIsThatOfTheLeaderAndWhatItWaitedFor() throws Exception {
        Launched process =
                exec(Requests.quietShell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; sh -c 'exit 0'"));
        process.exit().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(process.usage().cpu()).isPositive();
        // It has used less memory than this JVM, from which it started: then the system cannot tell.
        assertThat(process.usage().peakMemoryBytes()).isEmpty();
    }
}
