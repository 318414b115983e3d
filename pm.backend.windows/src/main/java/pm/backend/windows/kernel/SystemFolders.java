package pm.backend.windows.kernel;

/** Where Windows keeps its own programs. Asked of the system, since variables of the environment can say anything. */
public final class SystemFolders {
    private static final int CHARACTERS = 1024;

    private SystemFolders() {}

    /** For instance {@code C:\Windows\System32}. */
    public static String system() throws WindowsException {
        byte[] buffer = new byte[CHARACTERS * Character.BYTES];
        int count = Kernel32.GetSystemDirectoryW(buffer, CHARACTERS);
        Handle.checked(count, "GetSystemDirectoryW");
        return WideText.read(buffer, count);
    }

    /** A program in there. */
    public static String program(String name) throws WindowsException {
        return system() + "\\" + name;
    }
}
