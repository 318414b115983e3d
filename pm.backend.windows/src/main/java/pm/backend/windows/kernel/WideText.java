package pm.backend.windows.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text as Windows takes it: UTF-16, little-endian, with a NUL at the end. */
public final class WideText {
    private static final int BYTES = Character.BYTES;

    private WideText() {}

    /**
     * With its NUL at the end.
     *
     * @throws IllegalArgumentException when there is another inside
     */
    public static byte[] terminated(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Could not hand '" + text.replace("\0", "\\0")
                    + "' to the operating system: it contains a NUL character, take that out");
        }
        return raw(text + "\0");
    }

    /** As it is, NULs and all. Also what is no valid UTF-16 stays what it is, since names of files need not be. */
    public static byte[] raw(String text) {
        byte[] bytes = new byte[text.length() * BYTES];
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            bytes[BYTES * index] = (byte) character;
            bytes[BYTES * index + 1] = (byte) (character >> Byte.SIZE);
        }
        return bytes;
    }

    /** So many characters from the beginning. */
    static String read(byte[] bytes, int characters) {
        return new String(Arrays.copyOf(bytes, characters * BYTES), StandardCharsets.UTF_16LE);
    }
}
