package pm.tests.versions;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessResult;
import pm.api.ProcessSpec;
import pm.api.Stdio;

/** Starts JVMs of their own, with this one's Java, and waits for them. */
final class Jvms implements AutoCloseable {
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final ProcessManager manager = ProcessManagers.open(PmApi.VERSION);

    /**
     * How a JVM ended.
     *
     * @param status its exit status
     * @param text what it printed, to standard output and standard error
     */
    record Output(int status, String text) {}

    /** Runs {@code java} to its end. */
    Output java(String... arguments) throws InterruptedException {
        return java(Path.of(System.getProperty("java.home")), arguments);
    }

    /** Runs the {@code java} of another home, such as an image. */
    Output java(Path home, String... arguments) throws InterruptedException {
        List<String> command = Stream.of(
                        Stream.of(home.resolve("bin").resolve("java").toString()),
                        SHORT_LIVED.stream(),
                        Stream.of(arguments))
                .flatMap(words -> words)
                .toList();
        ProcessResult result = manager.run(
                ProcessSpec.of(command).stdout(Stdio.capture(1, Stdio.MIB)).stderr(Stdio.merge()));
        return new Output(
                result.exit().shellCode(), result.stdout().orElseThrow().text());
    }

    /** The JVM's own option for native calls, where it wants one (JEP 472). */
    static Stream<String> nativeAccess(String module) {
        return Runtime.version().feature() >= 24 ? Stream.of("--enable-native-access=" + module) : Stream.empty();
    }

    @Override
    public void close() {
        manager.close();
    }
}
