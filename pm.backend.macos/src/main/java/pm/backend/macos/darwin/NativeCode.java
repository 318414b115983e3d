package pm.backend.macos.darwin;

import pm.backend.posix.libc.Libc;

/** All native code of this backend. Safe for use by any thread. */
public final class NativeCode {
    private NativeCode() {}

    /**
     * Loads it, unless it is loaded.
     *
     * @throws LinkageError when it cannot be
     */
    public static void load() {
        Libc.BINDING.bind();
        DarwinLibc.BINDING.bind();
    }

    /** Lets go of it, so that the bundle's class loader can go: no session may be open. */
    public static void release() {
        DarwinLibc.BINDING.release();
        Libc.BINDING.release();
    }
}
