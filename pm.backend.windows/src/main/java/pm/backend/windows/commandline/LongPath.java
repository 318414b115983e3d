package pm.backend.windows.commandline;

/** Paths longer than MAX_PATH. Windows takes them only in a form that it does not normalise. */
public final class LongPath {
    /** MAX_PATH is 260; a directory keeps room for a name of the form 8.3 behind it. */
    private static final int SHORT = 248;

    /** CreateProcessW: MAX_PATH with a backslash and the NUL at its end. */
    private static final int LONGEST_DIRECTORY = 258;

    private LongPath() {}

    /**
     * In the form that Windows takes.
     *
     * @param path absolute, with backslashes, without {@code .} and {@code ..}
     */
    public static String of(String path) {
        if (path.length() < SHORT || path.startsWith("\\\\?\\") || path.startsWith("\\\\.\\")) {
            return path;
        }
        return path.startsWith("\\\\") ? "\\\\?\\UNC" + path.substring(1) : "\\\\?\\" + path;
    }

    /** Whether it can be the directory of a process: CreateProcessW takes no long one. */
    public static boolean isTooLongForDirectory(String path) {
        return path.length() > LONGEST_DIRECTORY;
    }
}
