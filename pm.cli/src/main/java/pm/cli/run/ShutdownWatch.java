package pm.cli.run;

import java.util.concurrent.CountDownLatch;
import pm.cli.console.ExitCodes;

/**
 * Keeps a JVM that a signal ends from ending before the run is over, that is until the tree is gone and the report written; the manager's own
 * hook ends the tree meanwhile. The JVM then exits with 128 + n by itself, unless pm failed.
 */
final class ShutdownWatch {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean failed;

    private ShutdownWatch() {}

    /** Executes a run under this watch. */
    static int over(Run run) throws InterruptedException {
        ShutdownWatch watch = new ShutdownWatch();
        Thread hook = new HookThread(() -> watch.awaitEnd(run), run::hurry);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException refused) {
            // The JVM is being ended already: nothing is started, and the signal gives the exit status.
            return Verdict.notStarted().status();
        }
        Verdict verdict = Verdict.PM_FAILED;
        try (SignalFallback fallback = SignalFallback.begin()) {
            assert fallback != null;
            verdict = run.execute();
        } finally {
            watch.failed = verdict.pmFailed();
            watch.over.countDown();
        }
        return verdict.status();
    }

    /** Without a thread for it, it waits for nothing: the manager's hook, which the JVM may call after it, ends the tree. */
    private static final class HookThread extends Thread {
        private final Runnable otherwise;

        HookThread(Runnable action, Runnable otherwise) {
            super(action, "pm-run-shutdown");
            this.otherwise = otherwise;
        }

        @Override
        public synchronized void start() {
            try {
                super.start();
            } catch (OutOfMemoryError refused) {
                otherwise.run();
            }
        }
    }

    private void awaitEnd(Run run) {
        run.hurry();
        try {
            over.await();
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
        if (failed) {
            Runtime.getRuntime().halt(ExitCodes.PM_FAILED);
        }
    }
}
