package pm.core.output;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import pm.api.CapturedOutput;
import pm.api.Overflow;
import pm.api.Stdio;

/**
 * Keeps the first or the last bytes in pieces, which the result takes over: nothing is copied again, so that what fits into the heap once is
 * kept. Where the heap has no room for a further piece, what is there is kept: of the last bytes then fewer, of the first bytes no more.
 */
final class BoundedCapture implements Sink {
    private static final int FIRST_SIZE = 1024;
    private static final int LARGEST_SIZE = 64 * 1024;

    /** Told what becomes of the output. */
    interface Observer {
        /** The policy is {@link Overflow#FAIL}, and not everything can be kept. Called once. */
        void overflowed();

        /** The heap is full, and less is kept than was asked for. Called once. */
        void heapFull();
    }

    private final int bound;
    private final Overflow overflow;
    private final Observer observer;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    /** Bytes of the first piece that are given up, as the last bytes do not begin before them. */
    private int from;

    private int kept;
    /** Bytes in the last piece. */
    private int inLast;

    private long total;
    private boolean heapFull;
    private boolean overflowed;

    /** Empty. */
    BoundedCapture(Stdio.Capture capture, Observer observer) {
        this.bound = capture.bound();
        this.overflow = capture.overflow();
        this.observer = observer;
    }

    @Override
    public void accept(ByteBuffer more) {
        total += more.remaining();
        if (overflow == Overflow.KEEP_TAIL) {
            keepTail(more);
        } else {
            keepHead(more);
        }
        if (overflow == Overflow.FAIL && total > kept && !overflowed) {
            observer.overflowed();
            overflowed = true;
        }
    }

    private void keepHead(ByteBuffer more) {
        while (more.hasRemaining() && kept < bound && !heapFull && room() > 0) {
            put(more, Math.min(more.remaining(), bound - kept));
        }
        more.position(more.limit());
    }

    private void keepTail(ByteBuffer more) {
        if (more.remaining() > bound) {
            more.position(more.limit() - bound);
        }
        while (more.hasRemaining()) {
            if (room() == 0) {
                // Nothing at all is kept: not even the first piece had room.
                more.position(more.limit());
                return;
            }
            put(more, more.remaining());
            while (kept > bound) {
                dropOldest();
            }
        }
    }

    private void put(ByteBuffer more, int most) {
        byte[] last = pieces.getLast();
        int count = Math.min(most, last.length - inLast);
        more.get(last, inLast, count);
        inLast += count;
        kept += count;
    }

    /** Drops what is above the bound, or the whole first piece. */
    private void dropOldest() {
        int inFirst = (pieces.size() == 1 ? inLast : pieces.getFirst().length) - from;
        int count = Math.min(inFirst, kept - bound);
        kept -= count;
        from += count;
        if (count == inFirst && pieces.size() > 1) {
            pieces.removeFirst();
            from = 0;
        }
    }

    /** Returns how many bytes the last piece can take; adds one when it is full, and of the last bytes gives up the oldest when that is refused. */
    private int room() {
        byte[] last = pieces.peekLast();
        if (last != null && inLast < last.length) {
            return last.length - inLast;
        }
        byte[] added;
        try {
            added = new byte[size(last)];
            pieces.addLast(added);
        } catch (OutOfMemoryError full) {
            added = reused();
        }
        inLast = added.length == 0 ? inLast : 0;
        return added.length;
    }

    private int size(byte[] last) {
        int doubled = last == null ? FIRST_SIZE : Math.min(LARGEST_SIZE, 2 * last.length);
        return Math.min(doubled, overflow == Overflow.KEEP_TAIL ? Math.max(FIRST_SIZE, bound) : bound - kept);
    }

    private byte[] reused() {
        if (!heapFull) {
            heapFull = true;
            observer.heapFull();
        }
        if (overflow != Overflow.KEEP_TAIL || pieces.isEmpty()) {
            return new byte[0];
        }
        byte[] oldest = pieces.removeFirst();
        kept -= oldest.length - from;
        from = 0;
        pieces.addLast(oldest);
        return oldest;
    }

    @Override
    public void end(Runnable whenTaken) {
        whenTaken.run();
    }

    @Override
    public Optional<CapturedOutput> captured() {
        return Optional.of(CapturedOutput.ofPieces(List.copyOf(pieces), from, kept, total));
    }
}
