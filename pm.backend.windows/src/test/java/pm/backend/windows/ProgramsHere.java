package pm.backend.windows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import pm.backend.windows.kernel.Wine;
import pm.contract.WindowsPrograms;

/** Programs of Windows; one of them with native calls, and Wine's share in the environment. */
final class ProgramsHere extends WindowsPrograms {
    /** Whoever calls Wine sets these; all others Wine sets for each process. */
    private static final Set<String> CALLERS = Set.of("WINEPREFIX", "WINEARCH", "WINEDEBUG");

    private static final String SECURITY = "java.security.properties";

    @Override
    public List<String> printsArguments(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java.exe").toString());
        // JNA's library is unpacked to a file whose name is random: see pm.tests/wine/security.
        Optional.ofNullable(System.getProperty(SECURITY)).ifPresent(file -> command.add("-D" + SECURITY + "=" + file));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ArgumentsMain.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Wine tells its programs where it is at home. */
    @Override
    public Set<String> unavoidableVariables() {
        Set<String> names = new HashSet<>(super.unavoidableVariables());
        if (Wine.version().isPresent()) {
            names.add("SystemDrive");
            names.addAll(System.getenv().keySet().stream()
                    .filter(name -> name.startsWith("WINE") && !CALLERS.contains(name))
                    .collect(Collectors.toSet()));
        }
        return names;
    }
}
