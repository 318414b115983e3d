package pm.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.ManagedProcess;
import pm.api.ProcessManager;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.TooManyProcessesException;

@EnabledOnOs(OS.LINUX)
@Timeout(300)
@ParameterizedClass
@ValueSource(strings = {OpenManager.CGROUP, OpenManager.SUPERVISION})
class AdmissionIT extends OpenManager {
    private static final int THREADS = 64;
    /** On other JDKs than 17 a part of them: threads meet in the same code. */
    private static final int SPAWNS = Runtime.version().feature() == 17 ? 5_000 : 1_500;
    /** Of one manager: four workers and one for completions. */
    private static final int WORKERS = 5;

    AdmissionIT(String containment) {
        super(containment);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> list = Files.list(Path.of("/proc/self/fd"))) {
            return list.count();
        }
    }

    private static long threadsOfPm() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pm-"))
                .count();
    }

    @Test
    void beyondTheMaximumSpawnFailsAtOnceAndNothingIsQueued() {
        try (ProcessManager small = open(settings().with(Setting.MAX_PROCESSES, 2))) {
            try (ManagedProcess first = small.spawn(ProcessSpec.of("sleep", "1000"));
                    ManagedProcess second = small.spawn(ProcessSpec.of("sleep", "1000"))) {
                assertThatThrownBy(() -> small.spawn(ProcessSpec.of("sleep", "1000")))
                        .isInstanceOf(TooManyProcessesException.class)
                        .hasMessageContaining("2");
                assertThat(small.active()).containsExactlyInAnyOrder(first, second);
            }
            try (ManagedProcess third = small.spawn(ProcessSpec.of("sleep", "1000"))) {
                assertThat(third.isAlive()).isTrue();
            }
        }
    }

    @Test
    void exactUnderContentionNothingLostNothingLeaked() throws Exception {
        manager.run(ProcessSpec.of("true"));
        int maximum = 16;
        AtomicInteger refused = new AtomicInteger();
        LongAdder ended = new LongAdder();
        try (ProcessManager busy = open(settings().with(Setting.MAX_PROCESSES, maximum))) {
            busy.run(ProcessSpec.of("true"));
            long descriptors = descriptors();
            long threads = threadsOfPm();
            AtomicInteger left = new AtomicInteger(SPAWNS);
            AtomicInteger most = new AtomicInteger();
            inParallel(() -> {
                while (left.getAndDecrement() > 0) {
                    ended.add(spawnUntilAdmitted(busy, refused, most) ? 1 : 0);
                }
                return null;
            });
            assertThat(ended.sum()).isEqualTo(SPAWNS);
            assertThat(most.get()).isLessThanOrEqualTo(maximum);
            assertThat(busy.metrics().spawned()).isEqualTo(SPAWNS + 1);
            assertThat(busy.metrics().spawnFailures().getOrDefault("TooManyProcessesException", 0L))
                    .isEqualTo(refused.get());
            assertThat(busy.active()).isEmpty();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> descriptors() <= descriptors);
            // Workers come and go with the work, but never more than these.
            assertThat(threadsOfPm()).isLessThanOrEqualTo(threads + WORKERS);
        }
        assertThat(refused.get())
                .as("64 threads for 16 places must meet the limit")
                .isPositive();
    }

    private static boolean spawnUntilAdmitted(ProcessManager busy, AtomicInteger refused, AtomicInteger most)
            throws InterruptedException {
        while (true) {
            try (ManagedProcess process = busy.spawn(ProcessSpec.of("/bin/true"))) {
                most.accumulateAndGet(busy.active().size(), Math::max);
                ProcessResult result = process.await();
                return result.isSuccess();
            } catch (TooManyProcessesException e) {
                refused.incrementAndGet();
                LockSupport.parkNanos(500_000); // as a caller would that tries again
            }
        }
    }

    private static void inParallel(Callable<Void> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(pool.submit(work));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
