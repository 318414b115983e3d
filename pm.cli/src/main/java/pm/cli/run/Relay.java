package pm.cli.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import pm.api.ManagedProcess;

/**
 * Hands the bytes of a command's output on as they come, on a thread for each stream. When the reader of pm's own output is gone, the
 * command's pipe is closed, so that the command meets it as it would without pm.
 */
final class Relay {
    private static final int CHUNK = 64 * 1024;

    private final List<Thread> threads;

    private Relay(List<Thread> threads) {
        this.threads = threads;
    }

    /** Starts for both outputs of a process; one that is no pipe is at its end already. */
    static Relay of(ManagedProcess process) {
        return new Relay(List.of(
                start("pm-relay-stdout", process.stdout(), new FileOutputStream(FileDescriptor.out)),
                start("pm-relay-stderr", process.stderr(), new FileOutputStream(FileDescriptor.err))));
    }

    /**
     * Waits until everything was handed on.
     *
     * @param limit how long for each stream; zero is for ever
     */
    void await(Duration limit) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(limit.toMillis());
        }
    }

    private static Thread start(String name, InputStream from, OutputStream to) {
        Thread thread = new Thread(() -> copy(from, to), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void copy(InputStream from, OutputStream to) {
        byte[] chunk = new byte[CHUNK];
        try (from) {
            for (int length = from.read(chunk); length >= 0; length = from.read(chunk)) {
                to.write(chunk, 0, length);
            }
        } catch (IOException oneEndIsGone) {
            // Closing the pipe tells the other one.
        }
    }
}
