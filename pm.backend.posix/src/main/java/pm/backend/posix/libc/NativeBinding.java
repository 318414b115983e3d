package pm.backend.posix.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The native methods of one class, bound to the C library. JNA holds the class, and with it its class loader, until they are released: in
 * containers where bundles are updated each update would leave a class loader behind. Safe for use by any thread.
 */
public final class NativeBinding {
    private final Class<?> holder;
    private boolean bound;

    /** Not bound yet. */
    public NativeBinding(Class<?> holder) {
        this.holder = holder;
    }

    /** Binds them, unless they are. */
    public synchronized void bind() {
        if (!bound) {
            LibraryPath.set();
            // The C library is in every JVM already: no library file has to be found.
            Native.register(holder, NativeLibrary.getProcess());
            bound = true;
        }
    }

    /** Lets go of them: nobody may be inside of one, and none may be called before they are bound again. */
    public synchronized void release() {
        if (bound) {
            Native.unregister(holder);
            // A weak map keeps the options under the class, and they name the class: without this it would never go.
            Native.getLibraryOptions(holder).clear();
            bound = false;
        }
    }
}
