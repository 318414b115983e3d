package sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import pm.api.CleanupReceipt.Ended;
import pm.api.Limits;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;

/** Stops a program that has detached a child, and prints how pm ended both. */
public final class Main {
    /** The child has a session of its own and an empty environment: nothing tells whose it is. */
    private static final String DETACHING = "env -i setsid sh -c 'echo detached; sleep 1000' & sleep 1000";

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ProcessSpec spec = ProcessSpec.of("sh", "-c", DETACHING)
                .timeout(Duration.ofMinutes(1))
                .limits(Limits.none()
                        .processes(20)
                        // Where this host cannot hold a limit, go on without it, and say so.
                        .bestEffort(true))
                .stdout(Stdio.pipe());
        try (ProcessManager pm = ProcessManagers.open(PmApi.VERSION);
                ManagedProcess process = pm.spawn(spec);
                BufferedReader output =
                        new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8))) {
            System.out.println("it says: " + output.readLine());
            process.stop();
            print(process.await());
        }
    }

    private static void print(ProcessResult result) {
        result.warnings().forEach(warning -> System.out.println("warning: " + warning));
        System.out.println("cause: " + result.cause() + ", leader: " + result.exit());
        for (Ended ended : result.cleanup().ended()) {
            System.out.println("ended by " + ended.step() + ": " + ended.command());
        }
        System.out.println("proven gone: " + result.cleanup().proven());
    }
}
