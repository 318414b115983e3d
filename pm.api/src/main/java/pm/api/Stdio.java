package pm.api;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;

/**
 * Where a process's standard streams come from and go to. Values are immutable; a {@link Source} with a stream is good for one spawn. Safe for
 * use by any thread.
 */
public sealed interface Stdio {
    /** One kibibyte. */
    int KIB = 1024;
    /** One mebibyte. */
    int MIB = 1024 * KIB;

    /** What standard input can be. */
    sealed interface Input extends Stdio {}

    /** What standard output and standard error can be. */
    sealed interface Output extends Stdio {}

    /** A pipe whose other end is a stream of {@link ManagedProcess}. A slow reader slows the child. */
    enum Pipe implements Input, Output {
        /** The only value. */
        PIPE
    }

    /** The JVM's own stream, handed on. */
    enum Inherit implements Input, Output {
        /** The only value. */
        INHERIT
    }

    /** The null device: end of file at once, output thrown away. */
    enum Discard implements Input, Output {
        /** The only value. */
        DISCARD
    }

    /** Standard error only: to where standard output goes, in the order in which the child writes. */
    enum Merge implements Output {
        /** The only value. */
        MERGE
    }

    /** A file that is read; it must exist. */
    record FromFile(Path file) implements Input {}

    /** Bytes that are written to the child, then its input is closed. */
    final class FromBytes implements Input {
        private final byte[] bytes;

        private FromBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        /** A copy. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /** A stream that is copied to the child by {@code executor}, one blocking task for as long as the stream lasts; it is closed at the end. */
    record Source(InputStream stream, Executor executor) implements Input {}

    /** A file that is created or truncated, or appended to. */
    record ToFile(Path file, boolean append) implements Output {}

    /** Output kept in memory, up to {@code bound} bytes, and given by {@link ProcessResult}. */
    record Capture(int bound, Overflow overflow) implements Output {
        /** Checks the bound. */
        public Capture {
            Objects.requireNonNull(overflow);
            if (bound < 1) {
                throw new IllegalArgumentException(
                        "Could not capture " + bound + " bytes: the bound must be at least 1");
            }
        }
    }

    /**
     * Lines given one by one, in order, to a consumer that may block: it runs on {@code executor}, and the child waits for it. Lines end
     * with LF or CR LF, which are not part of them; a line longer than {@code MIB} characters comes in pieces. Malformed input is replaced.
     */
    record Lines(Consumer<String> consumer, Charset charset, Executor executor) implements Output {}

    /** See {@link Pipe}. */
    static Pipe pipe() {
        return Pipe.PIPE;
    }

    /** See {@link Inherit}. */
    static Inherit inherit() {
        return Inherit.INHERIT;
    }

    /** See {@link Discard}. */
    static Discard discard() {
        return Discard.DISCARD;
    }

    /** See {@link Merge}. */
    static Merge merge() {
        return Merge.MERGE;
    }

    /** See {@link FromFile}. */
    static FromFile from(Path file) {
        return new FromFile(Objects.requireNonNull(file));
    }

    /** See {@link FromBytes}. */
    static FromBytes from(byte[] bytes) {
        return new FromBytes(bytes.clone());
    }

    /** The text's bytes in UTF-8; see {@link FromBytes}. */
    static FromBytes from(String text) {
        return new FromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** See {@link Source}. */
    static Source from(InputStream stream, Executor executor) {
        return new Source(Objects.requireNonNull(stream), Objects.requireNonNull(executor));
    }

    /** Created, or truncated when it exists; see {@link ToFile}. */
    static ToFile to(Path file) {
        return new ToFile(Objects.requireNonNull(file), false);
    }

    /** Created, or appended to when it exists; see {@link ToFile}. */
    static ToFile appendTo(Path file) {
        return new ToFile(Objects.requireNonNull(file), true);
    }

    /** {@code capture(amount, unit)} keeps the last {@code amount * unit} bytes; see {@link Capture}. */
    static Capture capture(int amount, int unit) {
        return new Capture(Math.multiplyExact(amount, unit), Overflow.KEEP_TAIL);
    }

    /** See {@link Capture}. */
    static Capture capture(int bound, Overflow overflow) {
        return new Capture(bound, overflow);
    }

    /** UTF-8 lines, consumed on the common pool; see {@link Lines}. */
    static Lines lines(Consumer<String> consumer) {
        return lines(consumer, StandardCharsets.UTF_8, ForkJoinPool.commonPool());
    }

    /** See {@link Lines}. */
    static Lines lines(Consumer<String> consumer, Charset charset, Executor executor) {
        return new Lines(
                Objects.requireNonNull(consumer), Objects.requireNonNull(charset), Objects.requireNonNull(executor));
    }
}
