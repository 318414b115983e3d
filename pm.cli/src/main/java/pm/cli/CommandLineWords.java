package pm.cli;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The words of pm's command line, unchanged. The JVM replaces what its locale cannot decode, without a word: in a C locale every letter beyond
 * ASCII. The command would then get other arguments than were written, for instance names of other files.
 */
final class CommandLineWords {
    /** proc(5): the words as bytes, each with a NUL behind it. */
    private static final Path RAW = Path.of("/proc/self/cmdline");

    private final Charset charset;

    /** With the charset in which they are handed on. */
    CommandLineWords(Charset charset) {
        this.charset = charset;
    }

    /**
     * What was written. On Windows that is what the JVM gives: it knows the letters of the system's code page, and has put {@code ?} for others
     * before anybody is asked.
     *
     * @param decoded the words as the JVM gives them
     * @throws IllegalArgumentException when one cannot be had unchanged
     */
    static String[] unchanged(String... decoded) {
        if (File.separatorChar == '\\') {
            return decoded;
        }
        for (String word : decoded) {
            if (!isAscii(word)) {
                return new CommandLineWords(usual()).of(decoded, raw());
            }
        }
        return decoded;
    }

    /** As backends encode text: the JVM's own for names of files, UTF-8 where that is plain ASCII. */
    private static Charset usual() {
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    private static byte[] raw() {
        try {
            return Files.readAllBytes(RAW);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Could not read " + RAW + ": " + e + ", use arguments of ASCII characters only", e);
        }
    }

    /** The words among the last of a raw command line: before them come those of the JVM. */
    String[] of(String[] decoded, byte[] commandLine) {
        List<byte[]> raw = split(commandLine);
        String[] words = decoded.clone();
        int before = raw.size() - words.length;
        for (int i = 0; i < words.length; i++) {
            if (!isAscii(words[i])) {
                words[i] = decode(raw.get(before + i));
            }
        }
        return words;
    }

    private static List<byte[]> split(byte[] commandLine) {
        List<byte[]> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                words.add(Arrays.copyOfRange(commandLine, start, i));
                start = i + 1;
            }
        }
        return words;
    }

    private String decode(byte[] word) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(word)).toString();
            if (Arrays.equals(text.getBytes(charset), word)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            throw changed(word, e);
        }
        throw changed(word, null);
    }

    private IllegalArgumentException changed(byte[] word, Exception reason) {
        StringBuilder shown = new StringBuilder();
        for (byte each : word) {
            shown.append(
                    each >= ' ' && each < 0x7f
                            ? Character.toString(each)
                            : "\\x" + HexFormat.of().toHexDigits(each));
        }
        return new IllegalArgumentException(
                "Could not hand on '" + shown + "': it is no text in " + charset
                        + " and would arrive changed; let the command make these bytes itself, as sh -c with printf can",
                reason);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
