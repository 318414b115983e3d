package pm.core.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import pm.api.ProcessResult;

/**
 * A contained tree as {@link ProcessHandle}. The JDK's own handle would start a thread to wait for our child, and would signal the leader by
 * its pid alone; this one asks it only for what can be read while the leader lives.
 */
final class TreeAsHandle implements ProcessHandle {
    private final SupervisedProcess process;
    private final Supplier<CompletableFuture<Process>> onExit;

    TreeAsHandle(SupervisedProcess process, Supplier<CompletableFuture<Process>> onExit) {
        this.process = process;
        this.onExit = onExit;
    }

    /** The JDK's handle, while the pid is still the leader's. */
    private Optional<ProcessHandle> own() {
        Optional<ProcessHandle> found = ProcessHandle.of(pid());
        // Asked afterwards: an unreaped leader keeps its pid, so what was found is the leader.
        return process.exitStatus().isPresent() ? Optional.empty() : found;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Optional<ProcessHandle> parent() {
        return own().flatMap(ProcessHandle::parent);
    }

    @Override
    public Stream<ProcessHandle> children() {
        return own().map(ProcessHandle::children).orElse(Stream.empty());
    }

    @Override
    public Stream<ProcessHandle> descendants() {
        return own().map(ProcessHandle::descendants).orElse(Stream.empty());
    }

    @Override
    public Info info() {
        return own().map(ProcessHandle::info).orElse(new NothingKnown());
    }

    @Override
    public CompletableFuture<ProcessHandle> onExit() {
        return onExit.get().thenApply(ended -> this);
    }

    @Override
    public boolean supportsNormalTermination() {
        return true;
    }

    @Override
    public boolean destroy() {
        boolean alive = process.isAlive();
        CompletableFuture<ProcessResult> stopping = process.stop();
        return alive && stopping != null;
    }

    @Override
    public boolean destroyForcibly() {
        boolean alive = process.isAlive();
        CompletableFuture<ProcessResult> killing = process.kill();
        return alive && killing != null;
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public int compareTo(ProcessHandle other) {
        return Long.compare(pid(), other.pid());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeAsHandle view && view.process == process;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(pid());
    }

    @Override
    public String toString() {
        return Long.toString(pid());
    }

    /** What the JDK tells of a process that has ended: nothing. */
    private static final class NothingKnown implements Info {
        @Override
        public Optional<String> command() {
            return Optional.empty();
        }

        @Override
        public Optional<String> commandLine() {
            return Optional.empty();
        }

        @Override
        public Optional<String[]> arguments() {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> startInstant() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> totalCpuDuration() {
            return Optional.empty();
        }

        @Override
        public Optional<String> user() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "[]";
        }
    }
}
