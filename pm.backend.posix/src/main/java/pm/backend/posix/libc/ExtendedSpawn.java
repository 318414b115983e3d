package pm.backend.posix.libc;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/** File actions that POSIX 2018 does not have; looked up when they are used, since not every C library has each. */
final class ExtendedSpawn {
    private ExtendedSpawn() {}

    /** glibc 2.29 and macOS 10.15. */
    static int posix_spawn_file_actions_addchdir_np(Pointer actions, byte[] directory) {
        return function("posix_spawn_file_actions_addchdir_np").invokeInt(new Object[] {actions, directory});
    }

    /** glibc 2.34. */
    static void closeFrom(Pointer actions, int first) throws LibcException {
        String name = "posix_spawn_file_actions_addclosefrom_np";
        SessionSpawn.check(name, function(name).invokeInt(new Object[] {actions, first}));
    }

    private static Function function(String name) {
        return NativeLibrary.getProcess().getFunction(name);
    }
}
