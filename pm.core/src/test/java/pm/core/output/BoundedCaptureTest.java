package pm.core.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pm.api.CapturedOutput;
import pm.api.Overflow;
import pm.api.Stdio;

class BoundedCaptureTest {
    private final AtomicInteger overflows = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "KEEP_HEAD,5,abcde",
        "KEEP_HEAD,3,abc",
        "KEEP_HEAD,9,abcdefgh",
        "KEEP_TAIL,5,defgh",
        "KEEP_TAIL,1,h",
        "KEEP_TAIL,8,abcdefgh",
        "KEEP_TAIL,9,abcdefgh",
        "FAIL,5,abcde",
        "FAIL,8,abcdefgh"
    })
    void keepsWhatThePolicySays(Overflow overflow, int bound, String kept) {
        for (int piece = 1; piece <= 8; piece++) {
            CapturedOutput captured = capture(new Stdio.Capture(bound, overflow), "abcdefgh", piece);
            assertThat(captured.text()).as("in pieces of %d", piece).isEqualTo(kept);
            assertThat(captured.total()).isEqualTo(8);
            assertThat(captured.isTruncated()).isEqualTo(bound < 8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 1024, 1025, 5000, 99_999, 100_000, 100_001, 1_000_000})
    void keepsTheLastBytesOfALongOutput(int bound) {
        byte[] all = new byte[100_000];
        new Random(bound).nextBytes(all);
        Random pieces = new Random(1);
        BoundedCapture capture = new BoundedCapture(new Stdio.Capture(bound, Overflow.KEEP_TAIL), new Counting());
        for (int at = 0; at < all.length; ) {
            int count = Math.min(all.length - at, 1 + pieces.nextInt(3000));
            capture.accept(ByteBuffer.wrap(all, at, count));
            at += count;
        }
        byte[] tail = Arrays.copyOfRange(all, Math.max(0, all.length - bound), all.length);
        assertThat(capture.captured().orElseThrow().bytes()).isEqualTo(tail);
    }

    @Test
    void tellsOfOverflowOnce() {
        capture(new Stdio.Capture(3, Overflow.FAIL), "abcdefgh", 2);
        assertThat(overflows).hasValue(1);
        capture(new Stdio.Capture(8, Overflow.FAIL), "abcdefgh", 2);
        assertThat(overflows).hasValue(1);
    }

    @Test
    void nothingWrittenIsNothingKept() {
        assertThat(capture(new Stdio.Capture(3, Overflow.KEEP_TAIL), "", 1).bytes())
                .isEmpty();
    }

    private CapturedOutput capture(Stdio.Capture what, String text, int piece) {
        BoundedCapture capture = new BoundedCapture(what, new Counting());
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at += piece) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
            capture.accept(buffer);
            assertThat(buffer.hasRemaining()).isFalse();
        }
        return capture.captured().orElseThrow();
    }

    private final class Counting implements BoundedCapture.Observer {
        @Override
        public void overflowed() {
            overflows.incrementAndGet();
        }

        @Override
        public void heapFull() {
            throw new AssertionError("Could not keep a few bytes");
        }
    }
}
