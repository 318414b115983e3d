package pm.backend.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pm.backend.linux.kernel.Epoll;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.Pipes;
import pm.backend.posix.events.OutputPump;
import pm.spi.PipeReader;
import pm.spi.PipeWriter;

class OutputPumpTest {
    private final Queue<String> trouble = new ConcurrentLinkedQueue<>();
    private OutputPump pump;

    @BeforeEach
    void open() throws Exception {
        pump = OutputPump.start("test", new Epoll(), trouble::add);
    }

    @AfterEach
    void close() {
        pump.close();
        assertThat(trouble).isEmpty();
    }

    @Test
    void aReaderIsToldOfBytesAndOfTheEnd() throws Exception {
        Pipes.Ends pipe = Pipes.toRead();
        try (PipeReader reader = pump.reader(pipe.near())) {
            assertThat(reader.read(ByteBuffer.allocate(1))).isZero();
            CompletableFuture<String> bytes = ready(reader);
            Kernel.write(pipe.far(), ByteBuffer.wrap(new byte[] {1, 2}));
            assertThat(bytes.get(60, TimeUnit.SECONDS)).isEqualTo("pm-test-output");
            assertThat(reader.read(ByteBuffer.allocate(10))).isEqualTo(2);
            CompletableFuture<String> end = ready(reader);
            assertThat(end).isNotDone();
            Kernel.close(pipe.far());
            end.get(60, TimeUnit.SECONDS);
            assertThat(reader.read(ByteBuffer.allocate(10))).isEqualTo(-1);
        }
    }

    @Test
    void aWriterIsToldOfSpaceAndOfTheEnd() throws Exception {
        Pipes.Ends pipe = Pipes.toWrite();
        try (PipeWriter writer = pump.writer(pipe.near())) {
            ByteBuffer much = ByteBuffer.allocate(1_000_000);
            int written = writer.write(much);
            assertThat(written).isEqualTo(much.position()).isBetween(1, 999_999);
            assertThat(writer.write(much)).isZero();
            CompletableFuture<Void> space = new CompletableFuture<>();
            writer.whenReady(() -> space.complete(null));
            assertThat(space).isNotDone();
            Kernel.read(pipe.far(), ByteBuffer.allocate(written));
            space.get(60, TimeUnit.SECONDS);
            assertThat(writer.write(much)).isPositive();
            CompletableFuture<Void> end = new CompletableFuture<>();
            writer.whenReady(() -> end.complete(null));
            Kernel.close(pipe.far());
            end.get(60, TimeUnit.SECONDS);
            assertThatThrownBy(() -> writer.write(much))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("broken pipe");
        }
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        Pipes.Ends pipe = Pipes.toRead();
        PipeReader reader = pump.reader(pipe.near());
        CompletableFuture<String> ready = ready(reader);
        reader.close();
        reader.close();
        assertThat(ready.get(60, TimeUnit.SECONDS)).isEqualTo("pm-test-output");
        assertThatThrownBy(() -> reader.read(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
        ready(reader).get(60, TimeUnit.SECONDS);
        assertThat(Kernel.isOpen(pipe.near())).isFalse();
        Kernel.close(pipe.far());
    }

    @Test
    void onlyOneMayWait() throws Exception {
        Pipes.Ends pipe = Pipes.toRead();
        try (PipeReader reader = pump.reader(pipe.near())) {
            reader.whenReady(() -> {});
            assertThatThrownBy(() -> reader.whenReady(() -> {})).isInstanceOf(IllegalStateException.class);
        }
        Kernel.close(pipe.far());
    }

    private static CompletableFuture<String> ready(PipeReader reader) {
        CompletableFuture<String> ready = new CompletableFuture<>();
        reader.whenReady(() -> ready.complete(Thread.currentThread().getName()));
        return ready;
    }
}
