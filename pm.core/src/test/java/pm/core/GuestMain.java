package pm.core;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import pm.api.Health;
import pm.api.ManagedProcess;
import pm.api.ManagerClosedException;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;

/**
 * A JVM whose framework waits for work in flight when it is told to end: {@code own} or {@code shared} says which manager it has, and {@code
 * close} or {@code forget} whether it closes that in the end.
 */
final class GuestMain {
    private GuestMain() {}

    public static void main(String[] args) throws InterruptedException {
        ProcessManager pm =
                args[0].equals("own") ? ProcessManagers.open(PmApi.VERSION) : ProcessManagers.shared(PmApi.VERSION);
        say("before: " + shutdownHook(pm));
        ManagedProcess work = pm.spawn(ProcessSpec.of("sh", "-c", "read line; exit 7")
                .stdin(Stdio.pipe())
                .stdout(Stdio.discard())
                .stderr(Stdio.discard()));
        if (args[1].equals("forget")) {
            pm.spawn(ProcessSpec.of("sh", "-c", "trap '' TERM; while :; do sleep 1000; done")
                    .stdout(Stdio.discard())
                    .stderr(Stdio.discard()));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(pm, work, args[1].equals("close"))));
        say("ready");
        new CountDownLatch(1).await();
    }

    private static void drain(ProcessManager pm, ManagedProcess work, boolean closes) {
        say("refused: " + refusal(pm));
        say("meanwhile: " + shutdownHook(pm));
        try (OutputStream in = work.asProcess().getOutputStream()) {
            in.write('\n');
        } catch (IOException ended) {
            say("not taken");
        }
        ProcessResult result = work.onExit().join();
        say("work: " + result.exit().shellCode() + " " + result.cause());
        if (closes) {
            pm.close();
            say("closed");
        }
    }

    /** Hooks run at the same time: what is started before pm's own hook runs is no harm. */
    private static String refusal(ProcessManager pm) {
        while (true) {
            try {
                pm.spawn(ProcessSpec.of("true").stdout(Stdio.discard()))
                        .onExit()
                        .join();
                LockSupport.parkNanos(1_000_000);
            } catch (ManagerClosedException e) {
                return e.getMessage();
            }
        }
    }

    private static String shutdownHook(ProcessManager pm) {
        return pm.health().checks().stream()
                .filter(check -> check.name().equals("shutdown hook"))
                .map(Health.Check::toString)
                .findAny()
                .orElseThrow();
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
