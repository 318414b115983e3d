package pm.backend.linux;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pm.backend.linux.proc.ProcFiles;
import pm.backend.linux.proc.ProcessIdentity;
import pm.testing.SpawnsBehindPm;

/**
 * Two processes that have the same pid one after the other. Only in a PID namespace of the test's own, where the next pid can be set
 * (proc(5), ns_last_pid). Not thread-safe.
 */
@SpawnsBehindPm("pm has to do with the pids of processes that are not its own")
public final class ReusedPid implements AutoCloseable {
    private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");

    private final ProcessIdentity first;
    private Process process;

    private ReusedPid(Process process) {
        this.process = process;
        this.first = identity(process);
    }

    /** Starts the first process. */
    public static ReusedPid start() throws IOException {
        return new ReusedPid(sleep());
    }

    /** Whether this JVM is in a PID namespace that a test has made for it. */
    static boolean isPossible() {
        return Boolean.getBoolean("pm.test.own.pids");
    }

    /** Returns the first process. */
    public ProcessIdentity first() {
        return first;
    }

    /** Ends the first process and starts the second, a stranger, which has the same pid and another start time. */
    public void replace() {
        await().until(() -> {
            process.destroyForcibly().waitFor();
            Files.writeString(LAST_PID, Long.toString(first.pid() - 1));
            process = sleep();
            return process.pid() == first.pid() && !identity(process).equals(first);
        });
    }

    /** Whether the process that has the pid now lives, and was not stopped. */
    public boolean isUntouched() {
        return process.isAlive()
                && ProcFiles.stat(process.pid())
                        .filter(stat -> stat.state() == 'S' || stat.state() == 'R')
                        .isPresent();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static Process sleep() throws IOException {
        return new ProcessBuilder("sleep", "1000").start();
    }

    private static ProcessIdentity identity(Process process) {
        return ProcFiles.stat(process.pid()).orElseThrow().identity();
    }
}
