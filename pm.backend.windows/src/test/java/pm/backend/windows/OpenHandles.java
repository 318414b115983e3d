package pm.backend.windows;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/** How many handles this JVM has open, as the operating system counts them. */
final class OpenHandles {
    private static final Pointer THIS_PROCESS = Pointer.createConstant(-1);

    private OpenHandles() {}

    static int count() {
        IntByReference count = new IntByReference();
        int done = NativeLibrary.getInstance("kernel32")
                .getFunction("GetProcessHandleCount")
                .invokeInt(new Object[] {THIS_PROCESS, count});
        if (done == 0) {
            throw new IllegalStateException("Could not count the handles of this JVM");
        }
        return count.getValue();
    }
}
