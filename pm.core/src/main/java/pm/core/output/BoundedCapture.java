package pm.core.output;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import pm.api.CapturedOutput;
import pm.api.Overflow;
import pm.api.Stdio;

/** Keeps the first or the last bytes in an array that grows up to the bound; at the bound the last bytes go round in a ring. */
final class BoundedCapture implements Sink {
    private static final int FIRST_SIZE = 1024;

    private final int bound;
    private final Overflow overflow;
    private final Runnable onOverflow;
    private byte[] bytes = new byte[0];
    private int kept;
    /** Where the next byte goes; behind the kept ones until the ring is full. */
    private int next;

    private long total;

    /**
     * Empty.
     *
     * @param onOverflow called once, when the policy is {@link Overflow#FAIL} and the bound is passed
     */
    BoundedCapture(Stdio.Capture capture, Runnable onOverflow) {
        this.bound = capture.bound();
        this.overflow = capture.overflow();
        this.onOverflow = onOverflow;
    }

    @Override
    public void accept(ByteBuffer more) {
        boolean overflowed = total > bound;
        total += more.remaining();
        if (overflow == Overflow.KEEP_TAIL) {
            keepTail(more);
        } else {
            keepHead(more);
        }
        if (overflow == Overflow.FAIL && !overflowed && total > bound) {
            onOverflow.run();
        }
    }

    private void keepHead(ByteBuffer more) {
        int count = Math.min(more.remaining(), bound - kept);
        grow(kept + count);
        more.get(bytes, kept, count);
        kept += count;
        more.position(more.limit());
    }

    private void keepTail(ByteBuffer more) {
        if (more.remaining() > bound) {
            more.position(more.limit() - bound);
        }
        grow((int) Math.min(bound, (long) kept + more.remaining()));
        while (more.hasRemaining()) {
            int count = Math.min(more.remaining(), bytes.length - next);
            more.get(bytes, next, count);
            kept = Math.min(bound, kept + count);
            next += count;
            if (next == bound) {
                next = 0;
            }
        }
    }

    private void grow(int needed) {
        if (needed > bytes.length) {
            long doubled = Math.max(FIRST_SIZE, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(bound, Math.max(needed, doubled)));
        }
    }

    @Override
    public void end(Runnable whenTaken) {
        whenTaken.run();
    }

    @Override
    public Optional<CapturedOutput> captured() {
        byte[] inOrder = new byte[kept];
        int oldest = kept == bound && overflow == Overflow.KEEP_TAIL ? next : 0;
        System.arraycopy(bytes, oldest, inOrder, 0, kept - oldest);
        System.arraycopy(bytes, 0, inOrder, kept - oldest, oldest);
        return Optional.of(new CapturedOutput(inOrder, total));
    }
}
