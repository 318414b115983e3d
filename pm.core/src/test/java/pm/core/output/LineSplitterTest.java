package pm.core.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pm.api.Stdio;

class LineSplitterTest {
    @Test
    void endsLinesAtLfAndCrLf() {
        assertThat(split("a\nb\r\n\n\r\nlone\rcr\r\r\nend")).containsExactly("a", "b", "", "", "lone\rcr\r", "end");
        assertThat(split("")).isEmpty();
        assertThat(split("\n")).containsExactly("");
        assertThat(split("x\r")).containsExactly("x\r");
    }

    @Test
    void putsCharactersTogetherThatWereCut() {
        String text = "grüße, 世界, 😀\r\nnext 😀";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece < bytes.length; piece++) {
            assertThat(split(bytes, piece, StandardCharsets.UTF_8)).containsExactly("grüße, 世界, 😀", "next 😀");
        }
        byte[] wide = text.getBytes(StandardCharsets.UTF_16LE);
        assertThat(split(wide, 1, StandardCharsets.UTF_16LE)).containsExactly("grüße, 世界, 😀", "next 😀");
    }

    @Test
    void replacesWhatIsNoText() {
        byte[] bytes = {'a', (byte) 0xff, 'b', '\n', (byte) 0xe4, (byte) 0xb8};
        assertThat(split(bytes, 1, StandardCharsets.UTF_8)).containsExactly("a\ufffdb", "\ufffd");
    }

    @Test
    void givesLongLinesInPieces() {
        String longest = "x".repeat(Stdio.MIB);
        assertThat(split(longest + "\nnext\n")).containsExactly(longest, "next");
        assertThat(split(longest + "\r\nnext\n")).containsExactly(longest, "next");
        assertThat(split(longest + "y\nnext\n")).containsExactly(longest, "y", "next");
        assertThat(split(longest + longest + longest)).containsExactly(longest, longest, longest);
    }

    @Test
    void cutsNeitherCharactersNorLineEndsOfLongLines() {
        String almost = "x".repeat(Stdio.MIB - 1);
        assertThat(split(almost + "😀\n")).containsExactly(almost, "😀");
        assertThat(split(almost + "\r\nnext")).containsExactly(almost, "next");
        assertThat(split(almost + "\rmore")).containsExactly(almost + "\r", "more");
        assertThat(split(almost + "x\rmore")).containsExactly(almost + "x", "\rmore");
    }

    private static List<String> split(String text) {
        return split(text.getBytes(StandardCharsets.UTF_8), 4096, StandardCharsets.UTF_8);
    }

    private static List<String> split(byte[] bytes, int piece, Charset charset) {
        List<String> lines = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(charset);
        for (int at = 0; at < bytes.length; at += piece) {
            splitter.accept(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)), lines::add);
        }
        splitter.end(lines::add);
        return lines;
    }
}
