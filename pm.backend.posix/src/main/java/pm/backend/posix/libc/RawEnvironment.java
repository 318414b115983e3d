package pm.backend.posix.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;

/** The environment that this JVM was given, byte for byte: {@code System.getenv} loses what its locale cannot decode. */
public final class RawEnvironment {
    private RawEnvironment() {}

    /** Each entry as {@code name=value}, without NUL. */
    public static List<byte[]> read() {
        Pointer environ = variable().getPointer(0);
        List<byte[]> entries = new ArrayList<>();
        if (environ == null) {
            return entries;
        }
        for (long offset = 0; ; offset += Native.POINTER_SIZE) {
            Pointer entry = environ.getPointer(offset);
            if (entry == null) {
                return entries;
            }
            entries.add(entry.getByteArray(0, Math.toIntExact(entry.indexOf(0, (byte) 0))));
        }
    }

    /** environ(7): the program loader defines it in every process on Linux; libraries of macOS have to ask (crt_externs.h). */
    private static Pointer variable() {
        NativeLibrary process = NativeLibrary.getProcess();
        return Platform.isMac()
                ? process.getFunction("_NSGetEnviron").invokePointer(new Object[0])
                : process.getGlobalVariableAddress("environ");
    }
}
