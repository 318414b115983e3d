package pm.backend.windows.process;

import pm.backend.windows.kernel.WindowsError;
import pm.backend.windows.kernel.WindowsException;
import pm.spi.StartException;
import pm.spi.StartException.Kind;

/** Says why a command did not start. */
final class StartFailure {
    private StartFailure() {}

    static StartException of(Kind kind, String program, String reason) {
        return new StartException(kind, "Could not start '" + program + "': " + reason);
    }

    /** What CreateProcessW, or a call before it, said. */
    static StartException of(String program, WindowsException refused) {
        return new StartException(
                kind(refused.error()), "Could not start '" + program + "': " + reason(refused), refused);
    }

    static Kind kind(int error) {
        return switch (error) {
            case WindowsError.FILE_NOT_FOUND,
                    WindowsError.PATH_NOT_FOUND,
                    WindowsError.INVALID_NAME,
                    WindowsError.BAD_PATHNAME -> Kind.NOT_FOUND;
            case WindowsError.ACCESS_DENIED,
                    WindowsError.BAD_FORMAT,
                    WindowsError.SHARING_VIOLATION,
                    WindowsError.INVALID_EXE_SIGNATURE,
                    WindowsError.EXE_MARKED_INVALID,
                    WindowsError.BAD_EXE_FORMAT,
                    WindowsError.EXE_MACHINE_TYPE_MISMATCH,
                    WindowsError.VIRUS_INFECTED,
                    WindowsError.ELEVATION_REQUIRED,
                    WindowsError.ACCESS_DISABLED_BY_POLICY -> Kind.NOT_EXECUTABLE;
            default -> Kind.OTHER;
        };
    }

    private static String reason(WindowsException refused) {
        String hint =
                switch (refused.error()) {
                    case WindowsError.BAD_EXE_FORMAT, WindowsError.BAD_FORMAT -> ", it is no program of Windows";
                    case WindowsError.EXE_MACHINE_TYPE_MISMATCH -> ", it is for another processor";
                    case WindowsError.ELEVATION_REQUIRED ->
                        ", it wants the rights of an administrator: start the JVM with them";
                    case WindowsError.FILENAME_EXCED_RANGE -> ", its command line or path is too long";
                    case WindowsError.NOT_ENOUGH_QUOTA -> ", a limit of processes or memory is reached";
                    default -> "";
                };
        return refused.getMessage() + hint;
    }
}
