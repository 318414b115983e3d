package pm.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import pm.api.Cause;
import pm.api.ExitStatus;
import pm.api.ManagedProcess;
import pm.api.ProcessResult;
import pm.api.Stdio;

/** A command that leaves its control group, as root may. */
class EscapeTest extends Managed {
    private static final String LEAVE =
            "group=$(awk '$3 == \"cgroup2\" { print $2; exit }' /proc/mounts)/elsewhere-$$; mkdir $group && echo $$ > $group/cgroup.procs"
                    + " && echo $group; ";

    static boolean cgroupsAreOurs() {
        return System.getProperty("user.name").equals("root") && !Files.exists(Path.of("/run/systemd/system"));
    }

    @Test
    @EnabledIf("cgroupsAreOurs")
    void itsTimeoutEndsItAllTheSame() throws Exception {
        ManagedProcess process = pm.spawn(
                sh(LEAVE + "exec sleep 1000").timeout(Duration.ofSeconds(2)).stdout(Stdio.capture(1, Stdio.MIB)));

        ProcessResult result = process.await(LONG).orElseThrow();

        Path group = Path.of(result.stdout().orElseThrow().text().strip());
        Files.delete(group);
        assertThat(group.getFileName()).hasToString("elsewhere-" + process.pid());
        assertThat(result.cause()).isEqualTo(Cause.TIMED_OUT);
        assertThat(result.exit()).isEqualTo(new ExitStatus.Signalled(15, false));
        assertThat(result.cleanup().proven()).isTrue();
        assertThat(lives(process.pid())).isFalse();
    }
}
