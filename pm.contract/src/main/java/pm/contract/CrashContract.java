package pm.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What happens to trees when the JVM is killed that holds them. */
interface CrashContract extends Subject {
    /** The first Java that asks for leave for native calls (JEP 472). */
    int ASKING = 24;

    /** Names a file of security properties beside the JVM's own. */
    String SECURITY = "java.security.properties";

    /**
     * What the JVM that is killed runs: a main class and its first arguments; the program to hold follows. The three pids that this prints are
     * printed there.
     */
    default List<String> holder() {
        return List.of(
                CrashMain.class.getName(),
                provider().getClass().getName(),
                settings().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining("\n")));
    }

    @Test
    default void aTreeEndsWithTheJvmThatHoldsIt() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= ASKING) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        // Where the random numbers come from is no matter of the JVM's that is killed; Wine has not all sources.
        Optional.ofNullable(System.getProperty(SECURITY)).ifPresent(file -> command.add("-D" + SECURITY + "=" + file));
        // Its file would stay in the temporary folder when the JVM is killed.
        command.addAll(List.of("-XX:-UsePerfData", "-cp", classPath()));
        command.addAll(holder());
        command.addAll(programs().stubborn());

        // The JVM itself is in a tree of ours, in case that what it holds survives it.
        try (Tree jvm = bench().start(command)) {
            List<Long> pids = jvm.printedPids(3);
            assertThat(pids).allMatch(this::lives);
            assertThat(ProcessHandle.of(jvm.leader().pid()).orElseThrow().destroyForcibly())
                    .isTrue();
            jvm.awaitExit();
            Patience.until("that its tree is gone", () -> pids.stream().noneMatch(this::lives));
            jvm.awaitEmpty();
        }
    }
}
