package pm.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RelayTest {
    private final byte[] bytes = new byte[300_000];
    private final AtomicBoolean closed = new AtomicBoolean();
    private final FilterInputStream source;

    RelayTest() {
        new Random(1).nextBytes(bytes);
        source = new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public void close() throws IOException {
                closed.set(true);
                super.close();
            }
        };
    }

    @Test
    void bytesStayAsTheyAre() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        Relay.copy(source, target);

        assertThat(target.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void aReaderThatReadsNothingIsWaitedForOnlySoLong() throws Exception {
        CountDownLatch readerComes = new CountDownLatch(1);
        CompletableFuture<Void> hurry = new CompletableFuture<>();
        Relay relay = Relay.of(Relay.start("pm-relay-test", source, new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                try {
                    readerComes.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }));

        assertThat(relay.await(Duration.ofMillis(10), hurry)).isFalse();
        hurry.complete(null);
        assertThat(relay.await(Duration.ofDays(1), hurry)).isFalse();
        readerComes.countDown();
        assertThat(relay.await(Duration.ofDays(1), new CompletableFuture<>())).isTrue();
    }

    @Test
    void aReaderThatIsGoneClosesTheCommandsPipe() {
        Relay.copy(source, new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThat(closed).isTrue();
        assertThat(source).isNotNull();
    }
}
