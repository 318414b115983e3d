package pm.tests.wine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pm.testing.SpawnsBehindPm;

/** A program of Windows that was started from here. Its pid is that of Linux; for Windows it has another. */
final class UnderWine implements AutoCloseable {
    /** What came of it. */
    record Output(int status, String out, String err) {}

    private static final Path ROOT = Path.of(System.getProperty("pm.root"));
    private static final Path WINE = Path.of(System.getProperty("pm.wine"));
    /** As programs of Windows know it, which would take its slashes for options. */
    static final String JRE = "Z:" + WINE.resolve("jre").toString().replace('/', '\\');

    /** Without this option a JVM crashes under Wine 8 when it wants some. */
    static final String RANDOM_NUMBERS = "-Djava.security.properties=" + WINE.resolve("security");

    private static final Path APPLICATION = ROOT.resolve("pm.cli/target/pm");

    private final Process process;
    private final Text out;
    private final Text err;

    private UnderWine(Process process) {
        this.process = process;
        out = new Text(process.getInputStream());
        err = new Text(process.getErrorStream());
    }

    /** The {@code pm} command, as {@code pm.cmd} starts it. */
    static UnderWine pm(String... words) {
        List<String> options = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                RANDOM_NUMBERS,
                "-Djna.nounpack=true",
                "-Djna.boot.library.path=" + APPLICATION.resolve("jna/win32-x86-64"),
                "-p",
                APPLICATION.resolve("lib").toString(),
                "-m",
                "pm.cli/pm.cli.Main"));
        options.addAll(List.of(words));
        return java(options);
    }

    /** A Java program; its process is the JVM itself. */
    static UnderWine java(List<String> words) {
        List<String> command = new ArrayList<>(List.of(WINE.resolve("bin/java").toString(), "-XX:+UseSerialGC"));
        command.addAll(words);
        return start(command);
    }

    /** A program that Windows brings along. */
    static UnderWine program(String... words) {
        List<String> command =
                new ArrayList<>(List.of(WINE.resolve("bin/windows").toString()));
        command.addAll(List.of(words));
        return start(command);
    }

    @SpawnsBehindPm("pm on Linux would end what pm on Windows has to end")
    private static UnderWine start(List<String> command) {
        try {
            return new UnderWine(
                    new ProcessBuilder(command).directory(ROOT.toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start Wine: " + e, e);
        }
    }

    /** Waits for its end and that of its output. */
    Output end() throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end: " + process.info());
        }
        return new Output(process.exitValue(), out.all(), err.all());
    }

    /** What it wrote to standard error so far. */
    String errorsSoFar() {
        return err.soFar();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        process.onExit().join();
        out.all();
        err.all();
    }
}
