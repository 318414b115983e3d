package pm.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final SupervisionThreads threads = new SupervisionThreads("steps", failures::add);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void isRunAgainWhateverItThrows() {
        for (Throwable thrown : List.of(new OutOfMemoryError("made up"), new IllegalStateException("made up"))) {
            AtomicInteger runs = new AtomicInteger();
            Step step = threads.step(() -> {
                if (runs.incrementAndGet() < 3) {
                    throw Sneaky.throwing(thrown);
                }
            });
            step.soon();
            await().atMost(LIMIT).untilAtomic(runs, Matchers.equalTo(3));
            assertThat(failures).containsExactly(thrown);
            failures.clear();
        }
    }

    @Test
    void aReportThatFailsAsWellEndsNoThread() {
        SupervisionThreads unlucky = new SupervisionThreads("unlucky", failure -> {
            throw new OutOfMemoryError("made up");
        });
        try {
            CountDownLatch all = new CountDownLatch(8);
            for (int i = 0; i < 8; i++) {
                AtomicBoolean thrown = new AtomicBoolean();
                Step step = unlucky.step(() -> {
                    if (!thrown.getAndSet(true)) {
                        throw new OutOfMemoryError("made up");
                    }
                    all.countDown();
                });
                step.soon();
            }
            await().atMost(LIMIT).until(() -> all.getCount() == 0);
        } finally {
            unlucky.close();
        }
    }

    @Test
    void whatIsAskedForWhileItRunsIsDoneAfterThatAndNeverBesideIt() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger mostInside = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        Step step = threads.step(() -> {
            mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
            seen.set(asked.get());
            inside.decrementAndGet();
        });
        for (int i = 0; i < 20_000; i++) {
            asked.incrementAndGet();
            step.soon();
        }
        await().atMost(LIMIT).untilAtomic(seen, Matchers.equalTo(20_000));
        assertThat(mostInside).hasValue(1);
    }

    @Test
    void stepsRunInTheOrderOfTheirTimesWhateverIsSetAndForgottenBetween() throws InterruptedException {
        Random random = new Random(1);
        StepQueue queue = new StepQueue(failures::add);
        StepTimer timer = new StepTimer();
        List<Long> ran = new CopyOnWriteArrayList<>();
        List<Long> expected = new ArrayList<>();
        long now = System.nanoTime();
        for (long number = 0; number < 2_000; number++) {
            long order = number;
            Step step = new Step(() -> ran.add(order), queue, timer);
            // Further steps with times before and after, some of which are forgotten, others set anew.
            timer.put(step.place(), now + random.nextInt());
            timer.put(step.place(), now - Duration.ofHours(1).toNanos() + (order * 7919 % 2_000));
            if (order % 3 == 0) {
                step.cancel();
            } else {
                expected.add(order);
            }
        }
        expected.sort(Comparator.comparing(order -> order * 7919 % 2_000));
        Thread hands = new Thread(timer::work);
        Thread works = new Thread(queue::work);
        hands.start();
        works.start();
        await().atMost(LIMIT).until(() -> ran.size() == expected.size());
        timer.close();
        queue.close();
        hands.join();
        works.join();
        assertThat(ran).isEqualTo(expected);
    }

    @Test
    void theNumberOfThreadsIsTheSameBeforeDuringAndAfterWork() {
        long before = ownThreads();
        CountDownLatch done = new CountDownLatch(500);
        for (int i = 0; i < 500; i++) {
            threads.step(done::countDown).after(Duration.ofMillis(i % 20));
        }
        await().atMost(LIMIT).until(() -> done.getCount() == 0);
        assertThat(before).isEqualTo(7);
        assertThat(ownThreads()).isEqualTo(before);
    }

    private static long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pm-steps-"))
                .count();
    }

    /** Throws what it is given, checked or not. */
    private static final class Sneaky {
        static RuntimeException throwing(Throwable thrown) {
            if (thrown instanceof Error error) {
                throw error;
            }
            return (RuntimeException) thrown;
        }
    }
}
