package pm.backend.posix.libc;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

/**
 * Functions with variable arguments. On Apple silicon these are passed on the stack and not in registers ("Writing ARM64 code for Apple
 * platforms"), so that JNA must be told how many arguments are fixed; its direct mapping cannot be.
 */
final class VariadicLibc {
    /** com.sun.jna.Function keeps the number of fixed arguments above bit 7 of its flags (USE_VARARGS_SHIFT). */
    private static final int TWO_FIXED = 2 << 7;

    private static final Function FCNTL = NativeLibrary.getProcess().getFunction("fcntl", TWO_FIXED);
    private static final Function OPEN = NativeLibrary.getProcess().getFunction("open", TWO_FIXED);

    private VariadicLibc() {}

    static int fcntl(int descriptor, int command, int argument) {
        return FCNTL.invokeInt(new Object[] {descriptor, command, argument});
    }

    static int open(byte[] path, int flags, int mode) {
        return OPEN.invokeInt(new Object[] {path, flags, mode});
    }
}
