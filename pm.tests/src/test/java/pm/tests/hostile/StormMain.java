package pm.tests.hostile;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import pm.api.LimitKind;
import pm.api.Limits;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;

/** Spawns without end, until it is killed: {@code MARK}. Prints {@code READY instance} before, and a line for each spawn. */
public final class StormMain {
    static final String SPAWNED = "SPAWNED";
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    /** Best effort: where the host has no controllers the storm is one all the same. */
    private static final Limits LIMITS = Limits.none()
            .memory(64, Limits.MIB)
            .processes(50)
            .cpus(1)
            .with(LimitKind.READ_BANDWIDTH, Limits.GIB)
            .bestEffort(true);

    private StormMain() {}

    /** Storms in two threads: one waits for what it started, the other leaves a detached tree each time. */
    public static void main(String[] args) {
        @SuppressWarnings("resource") // the test kills this JVM
        ProcessManager manager =
                ProcessManagers.open(PmApi.VERSION, Settings.none().with(Setting.JMX, false));
        OUT.println("READY " + manager.instanceId());
        AtomicLong count = new AtomicLong();
        Thread waiting = new Thread(() -> storm(manager, "exit 0", count), "waiting");
        waiting.start();
        storm(manager, "setsid sleep " + args[0] + " & sleep 0.02", count);
    }

    private static void storm(ProcessManager manager, String script, AtomicLong count) {
        while (!Thread.currentThread().isInterrupted()) {
            ProcessSpec spec = ProcessSpec.of("sh", "-c", script)
                    .stdin(Stdio.discard())
                    .stdout(Stdio.discard())
                    .stderr(Stdio.discard());
            try {
                manager.run(count.incrementAndGet() % 2 == 0 ? spec.limits(LIMITS) : spec);
                OUT.println(SPAWNED);
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
