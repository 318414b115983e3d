package pm.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
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
