package pm.api;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Output kept by {@link Stdio.Capture}. Immutable; safe for use by any thread. */
public final class CapturedOutput {
    private final List<byte[]> pieces;
    private final int from;
    private final int length;
    private final long total;

    /**
     * Output as it was kept.
     *
     * @param bytes what was kept; copied
     * @param total how many bytes the child wrote in all
     */
    public CapturedOutput(byte[] bytes, long total) {
        this(List.of(bytes.clone()), 0, bytes.length, total);
    }

    private CapturedOutput(List<byte[]> pieces, int from, int length, long total) {
        this.pieces = pieces;
        this.from = from;
        this.length = length;
        this.total = total;
    }

    /**
     * Returns output that was kept in pieces, without a copy of it.
     *
     * @param pieces in order; not copied, and to be changed by nobody from now on
     * @param from how many bytes of the first piece do not belong to it
     * @param length how many bytes from there on belong to it
     * @param total how many bytes the child wrote in all
     * @return the output
     */
    public static CapturedOutput ofPieces(List<byte[]> pieces, int from, int length, long total) {
        return new CapturedOutput(List.copyOf(pieces), from, length, total);
    }

    /**
     * What was kept.
     *
     * @return a copy, made with each call
     */
    public byte[] bytes() {
        byte[] bytes = new byte[length];
        int at = 0;
        int skipped = from;
        for (byte[] piece : pieces) {
            int count = Math.min(piece.length - skipped, length - at);
            System.arraycopy(piece, skipped, bytes, at, count);
            at += count;
            skipped = 0;
        }
        return bytes;
    }

    /**
     * What was kept, as UTF-8; malformed input is replaced.
     *
     * @return the text, made with each call
     */
    public String text() {
        return text(StandardCharsets.UTF_8);
    }

    /**
     * What was kept, as text; malformed input is replaced.
     *
     * @param charset the encoding
     * @return the text, made with each call
     */
    public String text(Charset charset) {
        return pieces.size() == 1 ? new String(pieces.get(0), from, length, charset) : new String(bytes(), charset);
    }

    /**
     * How many bytes the child wrote.
     *
     * @return at least the length of {@link #bytes()}
     */
    public long total() {
        return total;
    }

    /**
     * Whether something was dropped.
     *
     * @return true when the child wrote more than was kept
     */
    public boolean isTruncated() {
        return total > length;
    }

    @Override
    public String toString() {
        return length + " of " + total + " bytes";
    }
}
