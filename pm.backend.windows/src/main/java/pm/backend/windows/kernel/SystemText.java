package pm.backend.windows.kernel;

import java.util.Optional;

/** The system's words for its error codes. */
final class SystemText {
    /** winbase.h: from the system, without inserts. */
    private static final int FROM_SYSTEM_IGNORE_INSERTS = 0x1000 | 0x200;

    private static final int CHARACTERS = 512;

    private SystemText() {}

    /** In the system's language, without a full stop; empty where there are none, or no Windows. */
    static Optional<String> of(int error) {
        byte[] buffer = new byte[CHARACTERS * Character.BYTES];
        int count;
        try {
            count = Kernel32.FormatMessageW(FROM_SYSTEM_IGNORE_INSERTS, 0, error, 0, buffer, CHARACTERS, 0);
        } catch (LinkageError notOnWindows) {
            return Optional.empty();
        }
        String text = WideText.read(buffer, count).strip();
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return Optional.of(bare).filter(words -> !words.isEmpty());
    }
}
