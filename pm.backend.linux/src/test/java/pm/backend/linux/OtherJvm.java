package pm.backend.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pm.backend.linux.kernel.HeldProcess;
import pm.backend.linux.kernel.KernelException;
import pm.contract.OperatingSystem;
import pm.testing.SpawnsBehindPm;

/** {@link SessionMain} in a JVM that can be killed. */
@SpawnsBehindPm("the JVM that pm runs in must be killed")
final class OtherJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    /** What holds its tree, and why. */
    final String containment;

    /** Processes of the detached tree. */
    final List<Long> tree;

    /** What it says of its guards. */
    record Status(long guard, int lost, int restored) {}

    private OtherJvm(Process process) throws IOException {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.containment = out.readLine();
        this.tree = numbers(out.readLine());
    }

    /** With managers' groups in a folder. */
    static OtherJvm in(OwnCgroupRoot root) throws IOException {
        return in(root, List.of());
    }

    /** With managers' groups in a folder, by a program that prepares something and then executes it. */
    static OtherJvm in(OwnCgroupRoot root, List<String> preparation) throws IOException {
        return new OtherJvm(start(
                preparation,
                List.of(),
                System.getProperty("java.class.path"),
                root.folder().toString()));
    }

    /** By a program that prepares something and then executes it. */
    static OtherJvm by(List<String> preparation, List<String> options, String classPath) throws IOException {
        return new OtherJvm(start(preparation, options, classPath));
    }

    private static Process start(List<String> preparation, List<String> options, String classPath, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(preparation);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Its file would stay in the temporary folder when the JVM is killed.
        command.add("-XX:-UsePerfData");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, SessionMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<Long> numbers(String line) {
        if (line == null) {
            throw new AssertionError("Could not start the other JVM: see its standard error");
        }
        return Arrays.stream(line.strip().split(" ", -1)).map(Long::parseLong).toList();
    }

    Status status() {
        try {
            OutputStream in = process.getOutputStream();
            in.write('\n');
            in.flush();
            List<Long> numbers = numbers(out.readLine());
            return new Status(
                    numbers.get(0), numbers.get(1).intValue(), numbers.get(2).intValue());
        } catch (IOException e) {
            throw new AssertionError("Could not talk to the other JVM: " + e, e);
        }
    }

    void signal(int signal) throws KernelException {
        signal(process.pid(), signal);
    }

    static void signal(long pid, int signal) throws KernelException {
        try (HeldProcess held = HeldProcess.open(pid)) {
            held.signal(signal);
        }
    }

    /** Zombies do not live. */
    static boolean lives(long pid) {
        return OperatingSystem.lives(pid);
    }

    /** Whether it really ignores SIGCHLD (17 on x86-64 and aarch64, signal(7)): proc(5), SigIgn. */
    boolean ignoresTheEndOfItsChildren() throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
        int value = status.indexOf("SigIgn:") + "SigIgn:".length();
        long ignored = Long.parseUnsignedLong(
                status.substring(value, status.indexOf('\n', value)).strip(), 16);
        return (ignored >>> 16 & 1) != 0;
    }

    boolean anyOfTreeLives() {
        return tree.stream().anyMatch(OtherJvm::lives);
    }

    void awaitEnd() {
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
