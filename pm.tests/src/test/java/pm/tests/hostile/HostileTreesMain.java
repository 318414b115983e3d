package pm.tests.hostile;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
 * Trees of a {@link HostilePlan}: {@code CONTAINMENT SCRIPT JVM_ENDING [-- TREE_ENDING LEADER BRANCH…]…}. Prints {@code READY instance}
 * when all have started, and a line that begins with {@code TROUBLE} for each end that is not what it should be.
 */
public final class HostileTreesMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final Duration TIMEOUT = Duration.ofMillis(700);
    private static final Settings SETTINGS = Settings.none()
            .with(Setting.TERMINATE_WAIT, Duration.ofMillis(200))
            .with(Setting.KILL_WAIT, Duration.ofSeconds(20))
            .with(Setting.GRACEFUL_TIMEOUT, Duration.ofMillis(300))
            .with(Setting.DEFAULT_TIMEOUT, Duration.ofSeconds(100))
            .with(Setting.JMX, false);

    private HostileTreesMain() {}

    /** Starts the trees and ends them. */
    public static void main(String[] args) throws Exception {
        @SuppressWarnings("resource") // ended by the plan's ending
        ProcessManager manager = ProcessManagers.open(PmApi.VERSION, SETTINGS.with(Setting.CONTAINMENT, args[0]));
        OUT.println("INSTANCE " + manager.instanceId());
        Map<ManagedProcess, HostilePlan.TreeEnding> trees = new LinkedHashMap<>();
        for (List<String> tree : trees(args)) {
            HostilePlan.TreeEnding ending = HostilePlan.TreeEnding.valueOf(tree.get(0));
            trees.put(spawn(manager, args[1], ending, tree.subList(1, tree.size())), ending);
        }
        OUT.println("READY " + manager.instanceId());
        for (Map.Entry<ManagedProcess, HostilePlan.TreeEnding> tree : trees.entrySet()) {
            end(tree.getKey(), tree.getValue());
        }
        switch (HostilePlan.JvmEnding.valueOf(args[2])) {
            case CLOSE -> manager.close();
            case RETURN -> OUT.println("main returns");
            case EXIT -> System.exit(0);
            case HALT -> Runtime.getRuntime().halt(0);
            default -> new CountDownLatch(1).await(); // the test ends this JVM
        }
    }

    private static List<List<String>> trees(String[] args) {
        List<List<String>> trees = new ArrayList<>();
        for (String arg : Arrays.asList(args).subList(3, args.length)) {
            if (arg.equals("--")) {
                trees.add(new ArrayList<>());
            } else {
                trees.get(trees.size() - 1).add(arg);
            }
        }
        return trees;
    }

    private static ManagedProcess spawn(
            ProcessManager manager, String script, HostilePlan.TreeEnding ending, List<String> acts) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                "-S",
                "-E",
                script,
                Long.toString(ProcessHandle.current().pid())));
        command.addAll(acts);
        ProcessSpec spec = ProcessSpec.of(command).stdin(Stdio.discard()).stderr(Stdio.discard());
        ManagedProcess process = manager.spawn(ending == HostilePlan.TreeEnding.TIMEOUT ? spec.timeout(TIMEOUT) : spec);
        // Ends at once when the leader does: what it did until then counts.
        new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8)).readLine();
        return process;
    }

    private static void end(ManagedProcess process, HostilePlan.TreeEnding ending) throws Exception {
        switch (ending) {
            case EXIT -> {
                if (process.await(Duration.ofSeconds(1)).isEmpty()) {
                    process.close();
                }
            }
            case STOP -> process.stop().join();
            case KILL -> process.kill().join();
            case CLOSE -> process.close();
            case TIMEOUT -> process.await();
            case NONE -> {
                return;
            }
        }
        ProcessResult result = process.await();
        OUT.println((result.cleanup().proven() ? "ENDED " : "TROUBLE ") + ending + ": " + result);
    }
}
