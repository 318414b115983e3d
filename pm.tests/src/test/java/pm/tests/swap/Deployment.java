package pm.tests.swap;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jars of the command, which knows pm.api only, in a folder; and how a JVM is told of them. */
enum Deployment {
    CLASS_PATH {
        @Override
        List<String> options(List<String> furtherJars) {
            return List.of("-cp", path(LIBRARIES + File.separator + "*", furtherJars), "pm.cli.Main");
        }
    },
    MODULE_PATH {
        @Override
        List<String> options(List<String> furtherJars) {
            return List.of("-p", path(LIBRARIES.toString(), furtherJars), "-m", "pm.cli/pm.cli.Main");
        }
    };

    private static final Path LIBRARIES = Path.of(System.getProperty("pm.root"), "pm.cli", "target", "pm", "lib");

    /** From 24 on native calls need leave (JEP 472). */
    private static final int ASKING = 24;

    abstract List<String> options(List<String> furtherJars);

    private static String path(String first, List<String> further) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(further);
        return String.join(File.pathSeparator, all);
    }

    /** The command, with more jars beside those of pm. */
    List<String> command(List<String> furtherJars, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= ASKING) {
            command.add("--enable-native-access=" + (this == CLASS_PATH ? "ALL-UNNAMED" : "com.sun.jna"));
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options(furtherJars));
        command.addAll(List.of(words));
        return command;
    }
}
