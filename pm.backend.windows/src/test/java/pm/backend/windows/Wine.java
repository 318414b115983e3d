package pm.backend.windows;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.Optional;

/** Whether these tests run under Wine, which does not do all that Windows does. For leaving out what tests a limit, and nothing else. */
final class Wine {
    private Wine() {}

    /** Its version, empty on Windows; see wine/library.h: {@code wine_get_version} is in Wine's ntdll only. */
    static Optional<String> version() {
        try {
            Function function = NativeLibrary.getInstance("ntdll").getFunction("wine_get_version");
            return Optional.of(function.invokeString(new Object[0], false));
        } catch (UnsatisfiedLinkError windows) {
            return Optional.empty();
        }
    }
}
