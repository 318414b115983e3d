package pm.tests.hostile;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.StopPolicy;

/**
 * Starts two trees that ignore SIGTERM, uses something up, and lets one meet its timeout while it kills the other: {@code RESOURCE MARK}. Prints
 * READY when it has used it up, and what became of the trees when both have ended; the resource is not given back before.
 */
public final class ExhaustionMain {
    /** What is used up. */
    enum Resource {
        /** By the tree: it forks until that is refused. */
        PROCESSES,
        /** By this JVM. */
        DESCRIPTORS,
        /** By this JVM. */
        HEAP
    }

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final StopPolicy SHORT = StopPolicy.defaults().terminateWait(Duration.ofMillis(500));

    private static Object[] memory;

    private ExhaustionMain() {}

    /** Runs the scenario. */
    public static void main(String[] args) throws Exception {
        Resource resource = Resource.valueOf(args[0]);
        String mark = args[1];
        String tree = "trap '' TERM; (trap '' TERM; while :; do sleep " + mark + "; done) & while :; do sleep " + mark
                + "; done";
        String bomb = "$SIG{TERM} = 'IGNORE'; while (1) { my $pid = fork; if (defined $pid && !$pid) { sleep " + mark
                + "; exit } select undef, undef, undef, 0.005 unless defined $pid }";
        ProcessManager manager = ProcessManagers.open(PmApi.VERSION);
        ManagedProcess killed = manager.spawn(ProcessSpec.of("sh", "-c", tree).stopPolicy(SHORT));
        ManagedProcess timed = manager.spawn(
                (resource == Resource.PROCESSES ? ProcessSpec.of("perl", "-e", bomb) : ProcessSpec.of("sh", "-c", tree))
                        .timeout(Duration.ofSeconds(5))
                        .stopPolicy(SHORT));
        OUT.println("READY " + manager.backend().containment());
        List<FileInputStream> files = new ArrayList<>(100_000);
        switch (resource) {
            case PROCESSES -> awaitRefusedThread();
            case DESCRIPTORS -> openFiles(files);
            case HEAP -> memory = fillHeap();
        }
        boolean thrown = kills(killed);
        // Neither result needs to be made by this thread; it only looks.
        long end = System.nanoTime() + PATIENCE.toNanos();
        while ((killed.isAlive() || timed.isAlive()) && end - System.nanoTime() > 0) {
            sleep();
        }
        boolean inTime = !killed.isAlive() && !timed.isAlive();
        if (memory != null) {
            memory = null;
        }
        for (FileInputStream file : files) {
            file.close();
        }
        OUT.println("IN TIME " + inTime + ", THROWN " + thrown);
        ProcessResult result = timed.await(Duration.ofSeconds(1)).orElseThrow();
        OUT.println("TIMED " + result.cause() + " " + result.cleanup().proven());
        ProcessResult other = killed.await(Duration.ofSeconds(1)).orElseThrow();
        OUT.println("KILLED " + other.cause() + " " + other.cleanup().proven());
        manager.close();
        OUT.println("CLOSED");
        Runtime.getRuntime().halt(0);
    }

    private static boolean kills(ManagedProcess process) {
        try {
            return process.kill() == null;
        } catch (OutOfMemoryError full) {
            return true;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException | OutOfMemoryError ignored) {
            // The caller looks, and waits again.
            return;
        }
    }

    private static void awaitRefusedThread() throws InterruptedException {
        while (true) {
            try {
                Thread probe = new Thread(() -> {});
                probe.start();
                probe.join();
                Thread.sleep(20);
            } catch (OutOfMemoryError refused) {
                return;
            }
        }
    }

    private static void openFiles(List<FileInputStream> files) {
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException refused) {
            return;
        }
    }

    /** Down to the smallest object. */
    private static Object[] fillHeap() {
        Object[] head = null;
        for (int size = 1 << 20; size > 0; ) {
            try {
                Object[] more = new Object[size];
                more[0] = head;
                head = more;
            } catch (OutOfMemoryError full) {
                // Smaller ones may still fit.
                size /= 4;
            }
        }
        return head;
    }
}
