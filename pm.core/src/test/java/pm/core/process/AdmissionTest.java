package pm.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import pm.core.process.Admission.Answer;

class AdmissionTest {
    private static final int THREADS = 64;

    @Test
    void neverAdmitsMoreThanThereArePlacesAndLosesNone() throws Exception {
        int places = 10;
        Admission admission = new Admission(() -> places, count -> {});
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger admitted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        inParallel(() -> {
            for (int i = 0; i < 2_000; i++) {
                if (admission.enter() == Answer.ADMITTED) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    admitted.incrementAndGet();
                    inside.decrementAndGet();
                    if (i % 2 == 0) {
                        admission.failed();
                    } else {
                        admission.started();
                        admission.leave();
                    }
                } else {
                    refused.incrementAndGet();
                }
            }
        });
        assertThat(most.get()).isLessThanOrEqualTo(places);
        assertThat(admitted.get() + refused.get()).isEqualTo(THREADS * 2_000);
        assertThat(admission.taken()).isZero();
    }

    @Test
    void fillsEveryPlaceExactly() throws Exception {
        Admission admission = new Admission(() -> 100, count -> {});
        AtomicInteger admitted = new AtomicInteger();
        inParallel(() -> {
            for (int i = 0; i < 50; i++) {
                if (admission.enter() == Answer.ADMITTED) {
                    admitted.incrementAndGet();
                }
            }
        });
        assertThat(admitted).hasValue(100);
        assertThat(admission.enter()).isEqualTo(Answer.FULL);
    }

    @Test
    void refusesWhenClosedAndTellsWhenNothingIsStarting() {
        Admission admission = new Admission(() -> 3, count -> {});
        assertThat(admission.enter()).isEqualTo(Answer.ADMITTED);
        assertThat(admission.enter()).isEqualTo(Answer.ADMITTED);
        CompletableFuture<Void> settled = admission.close();
        assertThat(admission.enter()).isEqualTo(Answer.CLOSED);
        assertThat(settled).isNotDone();
        admission.started();
        assertThat(settled).isNotDone();
        admission.failed();
        assertThat(settled).isDone();
        assertThat(admission.taken()).isEqualTo(1);
    }

    @Test
    void tellsEveryChange() {
        List<Integer> told = new ArrayList<>();
        Admission admission = new Admission(() -> 2, told::add);
        admission.enter();
        admission.enter();
        admission.enter();
        admission.started();
        admission.leave();
        assertThat(told).containsExactly(1, 2, 1);
    }

    private static void inParallel(Runnable work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                tasks.add(executor.submit(() -> {
                    start.await();
                    work.run();
                    return null;
                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            executor.shutdown();
            assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
