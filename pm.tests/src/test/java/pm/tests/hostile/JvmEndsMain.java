package pm.tests.hostile;

import com.sun.jna.Pointer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import pm.api.ManagedProcess;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.Settings;
import pm.api.Stdio;

/** A JVM that ends with a tree at work, {@code TREE END MARK}; prints {@code READY instance} when the tree is at work. */
public final class JvmEndsMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final int THREADS = 20;

    /** Filled until the heap is full. */
    private static final List<long[]> HEAP = new ArrayList<>();

    private JvmEndsMain() {}

    /** What the tree is; {@code @} is the mark. */
    enum Tree {
        DETACHED(3, "trap '' TERM; setsid sh -c 'sleep @; sleep @' & sleep @; sleep @"),
        /** Each by exec: what is forked and forked again without becomes slow (the kernel's lists of anonymous memory). */
        DEEP(1_000, "if [ ${1-1000} -gt 1 ]; then sh -c \"$0\" \"$0\" $((${1-1000} - 1)) & fi; exec sleep @"),
        WIDE(5_000, "exec perl -e 'for (1..4999) { my $p = fork; if (!$p) { sleep 9999; exit } } sleep 9999' @");

        private final int marked;
        private final String script;

        Tree(int marked, String script) {
            this.marked = marked;
            this.script = script;
        }

        private ProcessSpec spec(String mark) {
            String own = script.replace("@", mark);
            return ProcessSpec.of("sh", "-c", own, own)
                    .stdin(Stdio.discard())
                    .stdout(Stdio.discard())
                    .stderr(Stdio.discard());
        }
    }

    /** How the JVM ends. */
    enum End {
        /** The manager is closed. */
        CLOSE,
        /** A thread that is not pm's fills the heap, and the JVM ends by {@code -XX:+ExitOnOutOfMemoryError}, or goes on until main returns. */
        OUT_OF_MEMORY,
        /** Native code crashes. */
        CRASH,
        /** System.exit from many threads at once. */
        EXIT_FROM_MANY_THREADS,
        /** System.exit, and Runtime.halt while the hooks run. */
        EXIT_THEN_HALT,
        /** By the test. */
        FROM_OUTSIDE
    }

    /** Starts the tree and ends. */
    public static void main(String[] args) throws Exception {
        Tree tree = Tree.valueOf(args[0]);
        String mark = args[2];
        Settings settings = Settings.none()
                .with(Setting.TERMINATE_WAIT, Duration.ofMillis(300))
                .with(Setting.KILL_WAIT, Duration.ofSeconds(60))
                .with(Setting.GRACEFUL_TIMEOUT, Duration.ofMillis(400))
                .with(Setting.DEFAULT_TIMEOUT, Duration.ofSeconds(200))
                .with(Setting.JMX, false);
        @SuppressWarnings("resource") // closed by CLOSE alone
        ProcessManager manager = ProcessManagers.open(PmApi.VERSION, settings);
        ManagedProcess process = manager.spawn(tree.spec(mark));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(90))
                .until(() -> Marks.alive(mark).size() >= tree.marked);
        OUT.println("READY " + manager.instanceId());
        end(End.valueOf(args[1]), manager);
        OUT.println("main returns, alive: " + process.isAlive());
    }

    private static void end(End end, ProcessManager manager) throws InterruptedException {
        switch (end) {
            case CLOSE -> manager.close();
            case OUT_OF_MEMORY -> fillTheHeap();
            case CRASH -> Pointer.createConstant(8).setInt(0, 1);
            case EXIT_FROM_MANY_THREADS -> {
                for (int i = 0; i < THREADS; i++) {
                    new Thread(() -> System.exit(3)).start();
                }
                new CountDownLatch(1).await();
            }
            case EXIT_THEN_HALT -> {
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(4)));
                System.exit(3);
            }
            case FROM_OUTSIDE -> new CountDownLatch(1).await();
        }
    }

    private static void fillTheHeap() {
        try {
            for (; ; ) {
                HEAP.add(new long[1 << 17]);
            }
        } catch (OutOfMemoryError full) {
            HEAP.clear();
            OUT.println("full");
        }
    }
}
