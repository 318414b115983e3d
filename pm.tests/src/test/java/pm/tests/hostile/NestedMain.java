package pm.tests.hostile;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;

/**
 * A manager, and in its tree the next: {@code DEPTH MARK LIMIT}. Each prints {@code LEVEL pid instance containment}. The last starts {@code sleep MARK} and
 * prints {@code READY pid}. A limit of 0 is none; else each tree is limited to that many processes. When its tree has ended, each prints {@code ENDED proven}.
 */
public final class NestedMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final Settings SETTINGS = Settings.none()
            .with(Setting.TERMINATE_WAIT, Duration.ofSeconds(5))
            .with(Setting.KILL_WAIT, Duration.ofSeconds(15))
            .with(Setting.GRACEFUL_TIMEOUT, Duration.ofSeconds(5))
            .with(Setting.CLEANUP_INTERVAL, Duration.ofMillis(200))
            .with(Setting.JMX, false);

    private NestedMain() {}

    /** Runs one level. */
    public static void main(String[] args) throws Exception {
        int depth = Integer.parseInt(args[0]);
        try (ProcessManager manager = ProcessManagers.open(PmApi.VERSION, SETTINGS)) {
            OUT.println("LEVEL " + ProcessHandle.current().pid() + " " + manager.instanceId() + " "
                    + manager.backend().containment());
            ProcessSpec spec = depth == 1 ? ProcessSpec.of("sleep", args[1]) : next(depth - 1, args[1], args[2]);
            int most = Integer.parseInt(args[2]);
            ManagedProcess process =
                    manager.spawn(most == 0 ? spec : spec.limits(Limits.none().processes(most)));
            if (depth == 1) {
                OUT.println("READY " + process.pid());
            }
            ProcessResult result = process.await();
            OUT.println("ENDED " + result.cleanup().proven());
        }
    }

    private static ProcessSpec next(int depth, String mark, String most) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                NestedMain.class.getName(),
                Integer.toString(depth),
                mark,
                most);
        return ProcessSpec.of(command.toArray(String[]::new))
                .timeout(Duration.ofMinutes(5))
                .stdout(Stdio.inherit())
                .stderr(Stdio.inherit());
    }
}
