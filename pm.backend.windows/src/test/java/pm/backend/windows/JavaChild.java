package pm.backend.windows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pm.backend.windows.kernel.ChildMain;

/** Commands that run Java as this one runs. */
final class JavaChild {
    private static final String SECURITY = "java.security.properties";

    private JavaChild() {}

    /** Of {@link ChildMain}. */
    static List<String> command(String... words) {
        return main(ChildMain.class, List.of(words));
    }

    static List<String> main(Class<?> main, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java.exe").toString());
        // JNA's library is unpacked to a file whose name is random: see pm.tests/wine/security.
        Optional.ofNullable(System.getProperty(SECURITY)).ifPresent(file -> command.add("-D" + SECURITY + "=" + file));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Dstdout.encoding=UTF-8"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(words);
        return command;
    }
}
