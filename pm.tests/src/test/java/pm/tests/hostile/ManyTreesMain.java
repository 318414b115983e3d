package pm.tests.hostile;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import pm.api.Limits;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;

/**
 * Starts many trees that sleep: {@code TREES PROCESSES_PER_TREE MOST_PROCESSES MARK}; 0 for no limit of processes. Prints {@code READY
 * containment}, closes the manager at the end of its standard input, prints {@code CLOSED milliseconds}, and exits 0.
 */
public final class ManyTreesMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final int BESIDE_EACH_OTHER = 2;

    private ManyTreesMain() {}

    /** Runs the scenario. */
    public static void main(String[] args) throws Exception {
        int trees = Integer.parseInt(args[0]);
        ProcessSpec spec = spec(Integer.parseInt(args[1]), args[3]);
        int most = Integer.parseInt(args[2]);
        ProcessSpec limited =
                most == 0 ? spec : spec.limits(Limits.none().processes(most).bestEffort(true));
        @SuppressWarnings("resource") // closed below, unless the test kills this JVM
        ProcessManager manager = ProcessManagers.open(
                PmApi.VERSION,
                Settings.none()
                        .with(Setting.MAX_PROCESSES, trees)
                        // How long the end takes is measured: a busy machine is no survivor.
                        .with(Setting.KILL_WAIT, Duration.ofMinutes(1))
                        .with(Setting.JMX, false));
        start(manager, trees, limited);
        OUT.println("READY " + manager.backend().containment());
        awaitEndOfInput();
        long begin = System.nanoTime();
        manager.close();
        OUT.println("CLOSED " + Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static ProcessSpec spec(int processes, String mark) {
        ProcessSpec spec = processes == 1
                ? ProcessSpec.of("sleep", mark)
                : ProcessSpec.of(
                        "sh", "-c", "for i in $(seq " + (processes - 1) + "); do sleep " + mark + " & done; wait");
        return spec.noTimeout().stdin(Stdio.discard()).stdout(Stdio.discard()).stderr(Stdio.discard());
    }

    private static void start(ProcessManager manager, int trees, ProcessSpec spec)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(BESIDE_EACH_OTHER);
        List<Future<?>> starts = new ArrayList<>();
        for (int tree = 0; tree < trees; tree++) {
            starts.add(threads.submit(() -> manager.spawn(spec)));
        }
        for (Future<?> start : starts) {
            start.get();
        }
        threads.shutdown();
    }

    private static void awaitEndOfInput() throws IOException {
        int next;
        do {
            next = System.in.read();
        } while (next >= 0);
    }
}
