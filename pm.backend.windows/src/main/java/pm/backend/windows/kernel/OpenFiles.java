package pm.backend.windows.kernel;

/** Opens files for children. Handles are not inheritable until it is their time. */
public final class OpenFiles {
    /** winnt.h, fileapi.h. */
    private static final int GENERIC_READ = 0x80000000;

    private static final int GENERIC_WRITE = 0x40000000;
    /** FILE_APPEND_DATA, FILE_READ_ATTRIBUTES and SYNCHRONIZE: each write goes to the end, wherever that is by then. */
    private static final int APPEND = 0x4 | 0x80 | 0x100000;

    private static final int DELETE = 0x10000;
    private static final int SHARE_READ = 1;
    private static final int SHARE_DELETE = 4;
    private static final int SHARE_ALL = 7;
    private static final int CREATE_ALWAYS = 2;
    private static final int OPEN_EXISTING = 3;
    private static final int OPEN_ALWAYS = 4;
    private static final int NORMAL = 0x80;
    private static final int DELETE_ON_CLOSE = 0x04000000;

    private OpenFiles() {}

    /** To read. */
    public static Handle toRead(String path) throws WindowsException {
        return open(path, GENERIC_READ, SHARE_ALL, OPEN_EXISTING, NORMAL);
    }

    /** To write from its beginning, made or emptied. */
    public static Handle toWrite(String path) throws WindowsException {
        return open(path, GENERIC_WRITE, SHARE_ALL, CREATE_ALWAYS, NORMAL);
    }

    /** To write at its end, made when missing. */
    public static Handle toAppend(String path) throws WindowsException {
        return open(path, APPEND, SHARE_ALL, OPEN_ALWAYS, NORMAL);
    }

    /** The null device, to read and write. */
    public static Handle nullDevice() throws WindowsException {
        return open("NUL", GENERIC_READ | GENERIC_WRITE, SHARE_ALL, OPEN_EXISTING, NORMAL);
    }

    /** The file goes with the last handle, at the latest with this JVM; meanwhile nobody can change it. */
    public static Handle toGoWithUs(String path) throws WindowsException {
        return open(path, GENERIC_READ | DELETE, SHARE_READ | SHARE_DELETE, OPEN_EXISTING, NORMAL | DELETE_ON_CLOSE);
    }

    static Handle open(String path, int access, int share, int disposition, int flags) throws WindowsException {
        return Handle.of(
                Kernel32.CreateFileW(WideText.terminated(path), access, share, 0, disposition, flags, 0),
                "CreateFileW " + path);
    }
}
