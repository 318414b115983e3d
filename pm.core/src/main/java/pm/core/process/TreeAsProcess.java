package pm.core.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import pm.api.ExitStatus;
import pm.api.ProcessResult;

/** A contained tree as {@link Process}: it lives as long as the tree, and its exit value is the leader's. */
final class TreeAsProcess extends Process {
    private final SupervisedProcess process;
    private final ProcessHandle handle;

    TreeAsProcess(SupervisedProcess process) {
        this.process = process;
        this.handle = new TreeAsHandle(process, this::onExit);
    }

    @Override
    public OutputStream getOutputStream() {
        return process.stdin();
    }

    @Override
    public InputStream getInputStream() {
        return process.stdout();
    }

    @Override
    public InputStream getErrorStream() {
        return process.stderr();
    }

    @Override
    public int waitFor() throws InterruptedException {
        return code(process.await().exit());
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        return process.await(Duration.ofNanos(Math.max(0, unit.toNanos(timeout))))
                .isPresent();
    }

    @Override
    public int exitValue() {
        Optional<ExitStatus> exit = process.isAlive() ? Optional.empty() : process.exitStatus();
        if (exit.isEmpty() && process.isAlive()) {
            throw new IllegalThreadStateException("process hasn't exited");
        }
        return code(exit.orElse(new ExitStatus.Unknown("it survived")));
    }

    /** As the JDK has it on Unix: 128 + n for signal n. */
    private static int code(ExitStatus exit) {
        return exit.shellCode();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void destroy() {
        CompletableFuture<ProcessResult> stopping = process.stop();
        assert stopping != null;
    }

    @Override
    public Process destroyForcibly() {
        CompletableFuture<ProcessResult> killing = process.kill();
        assert killing != null;
        return this;
    }

    @Override
    public boolean supportsNormalTermination() {
        return true;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public ProcessHandle toHandle() {
        return handle;
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return process.onExit().thenApply(result -> this);
    }

    @Override
    public String toString() {
        return "Process[pid=" + pid() + ", exitValue=" + (isAlive() ? "\"not exited\"" : Integer.toString(exitValue()))
                + "]";
    }
}
