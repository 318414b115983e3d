package pm.backend.windows.kernel;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.Optional;

/** Whether this is Wine and no Windows: it accepts limits that it does not hold. */
public final class Wine {
    private Wine() {}

    /** Its version; empty on Windows. */
    public static Optional<String> version() {
        try {
            Function version = NativeLibrary.getInstance("ntdll").getFunction("wine_get_version");
            return Optional.of(version.invokeString(new Object[0], false));
        } catch (UnsatisfiedLinkError windows) {
            return Optional.empty();
        }
    }
}
