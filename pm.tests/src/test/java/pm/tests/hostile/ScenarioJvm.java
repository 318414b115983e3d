package pm.tests.hostile;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pm.testing.SpawnsBehindPm;

/** A JVM that runs {@link ScenarioMain}; closing it kills what is left of it. */
@SpawnsBehindPm("the JVM is to be killed, so it cannot be inside a container of ours")
public final class ScenarioJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final StringBuilder seen = new StringBuilder();

    private ScenarioJvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ScenarioJvm start(ReadableClassPath classPath, Mode mode, Program program, Ending ending, String mark) {
        return start(classPath, mode, ScenarioMain.class, program.name(), ending.name(), mark);
    }

    static ScenarioJvm start(ReadableClassPath classPath, Mode mode, Class<?> main, String... arguments) {
        return start(List.of(), classPath, mode, main, arguments);
    }

    /** By a program that prepares something, as root, and then executes its arguments. */
    static ScenarioJvm start(
            List<String> preparation, ReadableClassPath classPath, Mode mode, Class<?> main, String... arguments) {
        List<String> prepared = new ArrayList<>(preparation);
        if (mode == Mode.SUPERVISION) {
            prepared.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        return start(prepared, classPath.options(), main, arguments);
    }

    static ScenarioJvm start(List<String> options, Class<?> main, String... arguments) {
        return start(List.of(), options, main, arguments);
    }

    /** As this JVM: its user, its class path, its control group. */
    public static ScenarioJvm likeThisOne(Program program, Ending ending, String mark) {
        List<String> options = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
        ClassArchive.option("scenario").ifPresent(options::add);
        return start(options, ScenarioMain.class, program.name(), ending.name(), mark);
    }

    /**
     * Starts any main class.
     *
     * @param preparation what comes before {@code java}
     * @param options of the JVM, its class path among them
     */
    static ScenarioJvm start(List<String> preparation, List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(preparation);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Without its file for jps(1): a quarter of a start in a virtual machine, and left behind by who is killed.
        command.addAll(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto", "-Xmx128m"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(new File("/")).redirectErrorStream(true);
        // The leak check looks for the build's marker: a scenario's processes are the scenario's business.
        builder.environment().put("HOME", "/nonexistent");
        try {
            return new ScenarioJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + command, e);
        }
    }

    /** The JVM. */
    public long pid() {
        return process.pid();
    }

    /** Waits for the line {@code READY containment}. */
    public String awaitReady() {
        return awaitLine("READY ");
    }

    /** Waits for a line that begins so; what comes after that. */
    String awaitLine(String beginning) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                seen.append(line).append('\n');
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("The scenario never said " + beginning + "\nIt said:\n" + seen);
    }

    /** Ends the standard input of the JVM. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Sends the JVM a signal. */
    public void signal(String name) {
        signal(process.pid(), name);
    }

    /** Sends any process a signal. */
    public static void signal(long pid, String name) {
        try {
            int code = new ProcessBuilder("kill", "-s", name, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("Could not send SIG" + name + " to " + pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The scenario's JVM did not end. It said:\n" + said());
        }
        return process.exitValue();
    }

    /** What it has printed, for messages. Call it when it has ended. */
    String said() {
        try {
            while (output.ready()) {
                seen.append(output.readLine()).append('\n');
            }
        } catch (IOException closed) {
            seen.append(closed);
        }
        return seen.toString();
    }

    /** SIGKILL, at once; returns when it is gone. By its handle, so that what it has printed can still be read. */
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
        // Closes the pipes too.
        process.destroyForcibly();
    }
}
