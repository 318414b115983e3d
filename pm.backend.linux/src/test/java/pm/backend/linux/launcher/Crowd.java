package pm.backend.linux.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that do the same at once. */
public final class Crowd {
    private static final int PATIENCE_SECONDS = 120;

    /** What each does. */
    public interface Work {
        void run() throws Exception;
    }

    private Crowd() {}

    /** Each thread so many times; the first failure is thrown. */
    public static void run(int size, int times, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < size; thread++) {
                all.add(threads.submit(() -> {
                    for (int time = 0; time < times; time++) {
                        work.run();
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
