package pm.backend.windows.kernel;

/** All native code of this backend. Safe for use by any thread. */
public final class NativeCode {
    private NativeCode() {}

    /**
     * Loads it, unless it is loaded. Windows themselves (user32) are not asked for before a tree is to be stopped.
     *
     * @throws LinkageError when it cannot be
     */
    public static void load() {
        Kernel32.BINDING.bind();
        Ntdll.BINDING.bind();
    }

    /** Lets go of it, so that the bundle's class loader can go: no session may be open. */
    public static void release() {
        User32.BINDING.release();
        Ntdll.BINDING.release();
        Kernel32.BINDING.release();
    }
}
