package pm.core.output;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.function.Consumer;
import pm.api.Stdio;

/** Bytes, cut anywhere, to lines. Not safe for use by several threads. */
final class LineSplitter {
    private static final int LONGEST = Stdio.MIB;
    private static final int CHUNK = 8 * 1024;

    private final CharsetDecoder decoder;
    private final CharBuffer chars = CharBuffer.allocate(CHUNK);
    private final StringBuilder line = new StringBuilder();
    /** The beginning of a character whose end has not come yet. */
    private ByteBuffer rest = ByteBuffer.allocate(0);

    LineSplitter(Charset charset) {
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** Gives every line that is complete now. */
    void accept(ByteBuffer bytes, Consumer<String> lines) {
        ByteBuffer input = ByteBuffer.allocate(rest.remaining() + bytes.remaining());
        input.put(rest).put(bytes).flip();
        decode(input, false, lines);
        rest = ByteBuffer.allocate(input.remaining()).put(input).flip();
    }

    /** Gives the last line, when there is one without an end. */
    void end(Consumer<String> lines) {
        decode(rest, true, lines);
        while (decoder.flush(chars).isOverflow()) {
            take(lines);
        }
        take(lines);
        if (!line.isEmpty()) {
            lines.accept(line.toString());
            line.setLength(0);
        }
    }

    private void decode(ByteBuffer input, boolean last, Consumer<String> lines) {
        boolean more;
        do {
            more = decoder.decode(input, chars, last).isOverflow();
            take(lines);
        } while (more);
    }

    private void take(Consumer<String> lines) {
        chars.flip();
        while (chars.hasRemaining()) {
            char next = chars.get();
            if (next == '\n') {
                boolean carriageReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
                cut(line.length() - (carriageReturn ? 1 : 0), lines);
                line.setLength(0);
            } else {
                cutWhenTooLong(next, lines);
                line.append(next);
            }
        }
        chars.clear();
    }

    /** Not between the two halves of a character, nor between CR and LF: then the CR may be one too many for a moment. */
    private void cutWhenTooLong(char next, Consumer<String> lines) {
        if (line.length() < LONGEST || (line.length() == LONGEST && next == '\r')) {
            return;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        cut(end, lines);
        line.delete(0, end);
    }

    private void cut(int end, Consumer<String> lines) {
        lines.accept(line.substring(0, end));
    }
}
