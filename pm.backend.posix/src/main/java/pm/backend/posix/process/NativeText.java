package pm.backend.posix.process;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Text as the operating system takes it: bytes, with NUL only at the end. */
public final class NativeText {
    /**
     * What the JVM itself uses for paths; UTF-8 where that is plain ASCII (a C locale), so that nothing is lost. Every ASCII text is the
     * same in both.
     */
    public static final Charset CHARSET = charset(System.getProperty("sun.jnu.encoding"));

    private NativeText() {}

    private static Charset charset(String name) {
        if (name == null || !Charset.isSupported(name)) {
            return StandardCharsets.UTF_8;
        }
        Charset charset = Charset.forName(name);
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    /**
     * Without NUL.
     *
     * @throws IllegalArgumentException when there is a NUL inside
     */
    public static byte[] bytes(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Could not hand '" + text.replace("\0", "\\0")
                    + "' to the operating system: it contains a NUL character, take that out");
        }
        return text.getBytes(CHARSET);
    }

    /**
     * With its NUL at the end.
     *
     * @throws IllegalArgumentException when there is another inside
     */
    public static byte[] terminated(String text) {
        byte[] bytes = bytes(text);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** A path, with its NUL at the end. */
    public static byte[] terminated(Path path) {
        return terminated(path.toString());
    }
}
