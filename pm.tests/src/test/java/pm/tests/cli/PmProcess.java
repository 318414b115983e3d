package pm.tests.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import pm.testing.SpawnsBehindPm;

/** A running {@code pm}: the JVM on the application's module path, as the script at the root starts it. */
public final class PmProcess implements AutoCloseable {
    /** What came out of it. */
    @SuppressWarnings("ArrayRecordComponent") // its equality is not used
    public record Output(int status, byte[] out, String err) {
        /** Its standard output as text. */
        public String outText() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    static final Path APPLICATION = Path.of(System.getProperty("pm.root"), "pm.cli", "target", "pm");

    private final Process process;
    private final CompletableFuture<Void> reading = new CompletableFuture<>();
    private final CompletableFuture<byte[]> out;
    private final CompletableFuture<byte[]> err;

    private PmProcess(Process process) {
        this.process = process;
        // Each on a thread of its own: the common pool may have only one, and each read waits for the end of its
        // stream.
        Executor readers = task -> new Thread(task, "output of pm " + process.pid()).start();
        out = reading.thenApplyAsync(now -> readAll(process.getInputStream()), readers);
        err = reading.thenApplyAsync(now -> readAll(process.getErrorStream()), readers);
    }

    /** Starts pm with these words and nothing on its standard input. */
    public static PmProcess start(String... words) {
        return start(Map.of(), words);
    }

    /** Starts pm with a changed environment. */
    public static PmProcess start(Map<String, String> environment, String... words) {
        PmProcess pm = startUnread(environment, words);
        pm.reading.complete(null);
        return pm;
    }

    /** Starts pm, and reads nothing of what it writes before it has ended: the pipes take 64 KiB each. */
    static PmProcess startUnread(Map<String, String> environment, String... words) {
        return launch(environment, List.of(), words);
    }

    /** Starts pm with one word more, which printf(1) makes: it may have any bytes. */
    static PmProcess startWithWord(String printf, Map<String, String> environment, String... words) {
        String script = "exec \"$0\" \"$@\" \"$(printf '" + printf + "')\"";
        PmProcess pm = launch(environment, List.of("sh", "-c", script), words);
        pm.reading.complete(null);
        return pm;
    }

    /** Starts it by another program, whose words come before. */
    static PmProcess startBy(List<String> before, String... words) {
        PmProcess pm = launch(Map.of(), before, words);
        pm.reading.complete(null);
        return pm;
    }

    /**
     * Starts a copy of pm.
     *
     * @param application the copied folder
     * @param before what comes before {@code java}
     */
    static PmProcess startCopy(
            Path application, List<String> before, Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(before);
        command.addAll(jvm(application, List.of()));
        command.addAll(List.of(words));
        PmProcess pm = launch(environment, command);
        pm.reading.complete(null);
        return pm;
    }

    private static PmProcess launch(Map<String, String> environment, List<String> before, String... words) {
        List<String> command = new ArrayList<>(before);
        command.addAll(jvm(CommandArchive.options()));
        command.addAll(List.of(words));
        return launch(environment, command);
    }

    /** Runs it once, for the archive that the JVM then leaves. */
    static void runAndArchive(Path archive) throws Exception {
        List<String> command = jvm(List.of("-XX:ArchiveClassesAtExit=" + archive));
        command.addAll(List.of("run", "--", "true"));
        try (PmProcess pm = launch(Map.of(), command)) {
            pm.end();
        }
    }

    private static List<String> jvm(List<String> archive) {
        return jvm(APPLICATION, archive);
    }

    private static List<String> jvm(Path application, List<String> archive) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=com.sun.jna");
        }
        command.addAll(archive);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djna.nounpack=true",
                "-Djna.boot.library.path=" + application.resolve("jna").resolve(nativeFolder()),
                "-p",
                application.resolve("lib").toString(),
                "-m",
                "pm.cli/pm.cli.Main"));
        return command;
    }

    @SpawnsBehindPm("pm itself is under test, and is killed")
    private static PmProcess launch(Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            return new PmProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start pm: " + e, e);
        }
    }

    /** Runs pm to its end. */
    public static Output run(String... words) throws Exception {
        try (PmProcess pm = start(words)) {
            return pm.end();
        }
    }

    /** Gives bytes to its standard input and closes it. */
    PmProcess give(byte[] bytes) throws IOException {
        try (var input = process.getOutputStream()) {
            input.write(bytes);
        }
        return this;
    }

    /** Waits for its end and the end of its output. */
    public Output end() throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("pm did not end: " + process.info());
        }
        reading.complete(null);
        return new Output(
                process.exitValue(),
                out.get(60, TimeUnit.SECONDS),
                new String(err.get(60, TimeUnit.SECONDS), StandardCharsets.UTF_8));
    }

    /** The JVM. */
    long pid() {
        return process.pid();
    }

    /** Sends a signal to the JVM by name. */
    @SpawnsBehindPm("java.lang.Process can send no other signals than SIGTERM and SIGKILL")
    public void signal(String name) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new AssertionError("kill -" + name + " failed: " + status);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static String nativeFolder() {
        return System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x86-64";
    }

    private static byte[] readAll(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
