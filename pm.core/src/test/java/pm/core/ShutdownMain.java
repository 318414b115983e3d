package pm.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import pm.api.ManagerClosedException;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Stdio;
import pm.api.StopPolicy;

/** A JVM that ends with a process of its own still running: {@code main}, {@code exit}, {@code callback} or {@code wait} says how. */
final class ShutdownMain {
    private ShutdownMain() {}

    public static void main(String[] args) throws InterruptedException {
        ProcessManager pm = ProcessManagers.shared(PmApi.VERSION);
        if (ProcessManagers.shared(PmApi.VERSION) != pm) {
            throw new AssertionError("two shared managers");
        }
        try {
            pm.close();
            throw new AssertionError("the shared manager was closed");
        } catch (UnsupportedOperationException e) {
            say(e.getMessage());
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> spawnUntilRefused(pm)));
        ProcessSpec deaf = ProcessSpec.of("sh", "-c", "trap '' TERM; sleep 1000")
                .stopPolicy(StopPolicy.defaults().terminateWait(Duration.ofMillis(300)));
        for (int i = 0; i < 3; i++) {
            pm.spawn(deaf);
        }
        say("ready");
        switch (args[0]) {
            case "exit" -> System.exit(3);
            case "callback" -> {
                pm.spawn(ProcessSpec.of("sh", "-c", "echo line; sleep 1000")
                        .stdout(Stdio.lines(line -> System.exit(3), StandardCharsets.UTF_8, Runnable::run)));
                new CountDownLatch(1).await();
            }
            case "wait" -> new CountDownLatch(1).await();
            default -> say("end of main");
        }
    }

    /** Hooks run at the same time: what this one starts before it is refused must end too. */
    private static void spawnUntilRefused(ProcessManager pm) {
        try {
            for (int i = 0; i < 90; i++) {
                pm.spawn(ProcessSpec.of("sleep", "1000"));
            }
        } catch (ManagerClosedException e) {
            say("refused");
        }
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
