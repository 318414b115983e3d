package pm.tests.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import pm.testing.SpawnsBehindPm;

/**
 * An Apache Karaf, as its own script starts it, with etc, deploy and data in a folder of its own. It listens on the loopback interface only, and
 * has no repository but its own and the ones that it is given.
 */
@SpawnsBehindPm("Karaf is the host of pm, and is killed")
final class Karaf implements AutoCloseable {
    private static final Path HOME = home();
    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final String COLOURS = "\u001b\\[[0-9;]*m";

    private final Path base;
    private final int sshPort;
    private final Process process;

    private Karaf(Path base, String repository) throws IOException {
        this.base = base;
        List<Integer> ports = freePorts(3);
        sshPort = ports.get(0);
        Path etc = Files.createDirectories(base.resolve("etc"));
        copy(HOME.resolve("etc"), etc);
        set(etc, "org.apache.karaf.shell.cfg", Map.of("sshHost", "127.0.0.1", "sshPort", ports.get(0)));
        set(
                etc,
                "org.apache.karaf.management.cfg",
                Map.of("rmiRegistryPort", ports.get(1), "rmiServerPort", ports.get(2)));
        set(etc, "users.properties", Map.of("karaf", "karaf,admin,manager,viewer,systembundles,ssh"));
        set(
                etc,
                "org.ops4j.pax.url.mvn.cfg",
                Map.of(
                        "org.ops4j.pax.url.mvn.localRepository",
                        base.resolve("no-repository"),
                        "org.ops4j.pax.url.mvn.repositories",
                        repository));
        process = start("karaf", List.of("daemon"), base.resolve("output.txt"));
    }

    /** With archives in its deploy folder. */
    static Karaf deploying(Path base, Path... archives) throws IOException {
        Path deploy = Files.createDirectories(base.resolve("deploy"));
        for (Path archive : archives) {
            Files.copy(archive, deploy.resolve(archive.getFileName()));
        }
        return new Karaf(base, "");
    }

    /** With a Maven repository at hand. */
    static Karaf withRepository(Path base, Path repository) throws IOException {
        return new Karaf(base, repository.toUri() + "@id=pm");
    }

    /** Its folders, without those that it gets for each instance. */
    static Path home() {
        Path folder = Path.of(System.getProperty("pm.root"), "pm.tests", "target", "karaf");
        try (Stream<Path> found = Files.list(folder)) {
            return found.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not find Karaf in " + folder + ": run mvn verify", e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Runs commands in its shell, by its own client.
     *
     * @return what they printed, without colours
     */
    String shell(String... commands) throws Exception {
        Path output = Files.createTempFile(base, "client", ".txt");
        Process client = start(
                "client",
                List.of("-h", "127.0.0.1", "-a", Integer.toString(sshPort), "-u", "karaf", "-p", "karaf", "-b"),
                output);
        try (var input = client.getOutputStream()) {
            input.write((String.join("\n", commands) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException itCouldNotConnect) {
            // Its output says so.
        }
        // A client whose session breaks off, as when Karaf renews its shell, may wait for ever.
        if (!client.waitFor(20, TimeUnit.SECONDS)) {
            client.destroyForcibly().onExit().join();
        }
        return Files.readString(output).replaceAll(COLOURS, "");
    }

    /** Kills the JVM. */
    void kill() {
        process.destroyForcibly();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("Karaf did not end. " + this);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** What it said, for messages. */
    @Override
    public String toString() {
        try {
            return "Karaf's log:\n" + Files.readString(base.resolve("data/log/karaf.log"));
        } catch (IOException itHasNone) {
            return "Karaf has no log in " + base + ": " + itHasNone;
        }
    }

    private Process start(String script, List<String> arguments, Path output) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(HOME.resolve("bin").resolve(script).toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", JAVA_HOME);
        builder.environment().put("KARAF_BASE", base.toString());
        builder.environment().put("EXTRA_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        // It looks at a file that all instances have in common.
        builder.environment().put("CHECK_ROOT_INSTANCE_RUNNING", "false");
        return builder.start();
    }

    /** A later line wins over an earlier one. */
    private static void set(Path etc, String file, Map<String, ?> values) throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(etc.resolve(file))).append('\n');
        values.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        Files.writeString(etc.resolve(file), text);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
