package pm.backend.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Pipes;
import pm.backend.posix.events.Watch;

class ExitWatcherTest {
    private final Queue<String> trouble = new ConcurrentLinkedQueue<>();
    private ExitWatcher watcher;
    private Pipes.Ends pipe;

    @BeforeEach
    void open() throws Exception {
        watcher = ExitWatcher.start("test", trouble::add);
        pipe = Pipes.toRead();
    }

    @AfterEach
    void close() {
        watcher.close();
        pipe.close();
    }

    @Test
    void callbacksComeOnItsThreadUntilTheWatchIsClosed() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<String> thread = new CompletableFuture<>();
        Watch watch = watcher.onReadable(pipe.near(), () -> {
            calls.incrementAndGet();
            thread.complete(Thread.currentThread().getName());
        });
        Kernel.write(pipe.far(), ByteBuffer.wrap(new byte[1]));
        assertThat(thread.get(60, TimeUnit.SECONDS)).isEqualTo("pm-test-exits");
        // Nothing was read, so it is told again.
        await().until(() -> calls.get() > 3);
        watch.close();
        watch.close();
        settle();
        int before = calls.get();
        settle();
        assertThat(calls.get()).isEqualTo(before);
        assertThat(trouble).isEmpty();
    }

    @Test
    void aFailingCallbackIsToldAndHarmsNobodyElse() throws Exception {
        watcher.execute(() -> {
            throw new IllegalStateException("a mistake");
        });
        settle();
        assertThat(trouble).singleElement().asString().contains("a mistake").contains("pm-test-exits");
        assertThat(watcher.isAlive()).isTrue();
    }

    @Test
    void tasksComeLaterInTheOrderOfTheirTimes() throws Exception {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        CompletableFuture<Long> last = new CompletableFuture<>();
        watcher.after(Duration.ofMillis(60), () -> {
            order.add("late");
            last.complete(System.nanoTime());
        });
        watcher.after(Duration.ofMillis(20), () -> order.add("early"));
        watcher.execute(() -> order.add("now"));
        long took = last.get(60, TimeUnit.SECONDS) - start;
        assertThat(order).containsExactly("now", "early", "late");
        assertThat(Duration.ofNanos(took)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test
    void aClosedOneRefusesAndIsGone() {
        watcher.close();
        watcher.close();
        assertThat(watcher.isAlive()).isFalse();
        assertThatThrownBy(() -> watcher.onReadable(pipe.near(), () -> {})).isInstanceOf(KernelException.class);
    }

    /** Everything that was under way on the thread is done. */
    private void settle() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        watcher.execute(() -> done.complete(null));
        done.get(60, TimeUnit.SECONDS);
    }
}
