package pm.backend.windows.kernel;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The native methods of one class, bound to one library. JNA holds the class, and with it its class loader, until they are released: in
 * containers where bundles are updated each update would leave a class loader behind. Safe for use by any thread.
 */
final class NativeBinding {
    private final Class<?> holder;
    private final String library;
    private boolean bound;

    /** Not bound yet. */
    NativeBinding(Class<?> holder, String library) {
        this.holder = holder;
        this.library = library;
    }

    /** Binds them, unless they are. */
    synchronized void bind() {
        if (!bound) {
            Native.register(holder, NativeLibrary.getInstance(library));
            bound = true;
        }
    }

    /** Lets go of them: nobody may be inside of one, and none may be called before they are bound again. */
    synchronized void release() {
        if (bound) {
            Native.unregister(holder);
            // A weak map keeps the options under the class, and they name the class: without this it would never go.
            Native.getLibraryOptions(holder).clear();
            bound = false;
        }
    }
}
