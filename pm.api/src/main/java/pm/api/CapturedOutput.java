package pm.api;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Output kept by {@link Stdio.Capture}. */
public final class CapturedOutput {
    private final byte[] bytes;
    private final long total;

    /**
     * Output as it was kept.
     *
     * @param bytes what was kept; copied
     * @param total how many bytes the child wrote in all
     */
    public CapturedOutput(byte[] bytes, long total) {
        this.bytes = bytes.clone();
        this.total = total;
    }

    /**
     * What was kept.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * What was kept, as UTF-8; malformed input is replaced.
     *
     * @return the text
     */
    public String text() {
        return text(StandardCharsets.UTF_8);
    }

    /**
     * What was kept, as text; malformed input is replaced.
     *
     * @param charset the encoding
     * @return the text
     */
    public String text(Charset charset) {
        return new String(bytes, charset);
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
        return total > bytes.length;
    }

    @Override
    public String toString() {
        return bytes.length + " of " + total + " bytes";
    }
}
