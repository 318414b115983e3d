package pm.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import pm.api.Stdio;
import pm.testing.SpawnsBehindPm;

/** Behaviour by behaviour, against the JDK's own process. */
class AsProcessTest extends Managed {
    private interface Check {
        void on(Process process) throws Exception;
    }

    @SpawnsBehindPm("the JDK's own process is what pm's is compared with")
    private void both(String script, Check check) throws Exception {
        Process jdk = new ProcessBuilder("sh", "-c", script).start();
        try {
            check.on(jdk);
        } finally {
            jdk.destroyForcibly().waitFor();
        }
        Process ours = pm.spawn(
                        sh(script).stdin(Stdio.pipe()).stdout(Stdio.pipe()).stderr(Stdio.pipe()))
                .asProcess();
        try {
            check.on(ours);
        } finally {
            ours.destroyForcibly().waitFor();
        }
    }

    @Test
    void exitCodes() throws Exception {
        both("exit 17", process -> {
            assertThat(process.waitFor()).isEqualTo(17);
            assertThat(process.exitValue()).isEqualTo(17);
            assertThat(process.isAlive()).isFalse();
            assertThat(process.waitFor(0, TimeUnit.SECONDS)).isTrue();
        });
    }

    @Test
    void whileItRuns() throws Exception {
        both("exec sleep 1000", process -> {
            assertThat(process.isAlive()).isTrue();
            assertThatThrownBy(process::exitValue).isInstanceOf(IllegalThreadStateException.class);
            assertThat(process.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(process.supportsNormalTermination()).isTrue();
            assertThat(process.toString()).contains("pid=" + process.pid()).contains("not exited");
            assertThat(process.onExit()).isNotDone();
            assertThat(process.toHandle().isAlive()).isTrue();
            assertThat(process.toHandle().pid()).isEqualTo(process.pid());
            assertThat(process.toHandle().parent()).isPresent();
            assertThat(process.info().command().orElseThrow()).isNotBlank();
        });
    }

    @Test
    void destroy() throws Exception {
        both("exec sleep 1000", process -> {
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(128 + 15);
            assertThat(process.onExit().get()).isSameAs(process);
        });
    }

    @Test
    void destroyForcibly() throws Exception {
        both("trap '' TERM; echo ready; exec sleep 1000", process -> {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");
            assertThat(process.destroyForcibly()).isSameAs(process);
            assertThat(process.waitFor()).isEqualTo(128 + 9);
            assertThat(process.toHandle().isAlive()).isFalse();
            assertThat(process.info().command()).isEmpty();
            assertThat(process.children()).isEmpty();
        });
    }

    @Test
    void streams() throws Exception {
        both("read line; echo \"$line\"; echo error >&2; exit 1", process -> {
            process.outputWriter().append("hello\n").flush();
            assertThat(process.inputReader().readLine()).isEqualTo("hello");
            assertThat(process.errorReader().lines().toList()).isEqualTo(List.of("error"));
            assertThat(process.inputReader().readLine()).isNull();
            assertThat(process.waitFor()).isEqualTo(1);
        });
    }

    @Test
    void outputAfterTheExit() throws Exception {
        both("echo kept", process -> {
            process.waitFor();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("kept\n");
            assertThat(process.getInputStream().read()).isEqualTo(-1);
        });
    }

    @Test
    void available() throws Exception {
        both("printf abc; read line", process -> {
            assertThat(process.getInputStream().read()).isEqualTo('a');
            assertThat(process.getInputStream().available()).isEqualTo(2);
            assertThat(process.getErrorStream().available()).isZero();
        });
    }

    @Test
    void childrenAndDescendants() throws Exception {
        both("sleep 1000 & echo $!; wait", process -> {
            long child = Long.parseLong(process.inputReader().readLine());
            assertThat(process.children().map(ProcessHandle::pid)).containsExactly(child);
            assertThat(process.descendants().map(ProcessHandle::pid)).containsExactly(child);
            ProcessHandle.of(child).orElseThrow().destroyForcibly();
        });
    }

    @Test
    void anInterruptLeavesTheProcessAlone() throws Exception {
        both("exec sleep 1000", process -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(process::waitFor).isInstanceOf(InterruptedException.class);
            assertThat(process.isAlive()).isTrue();
        });
    }
}
