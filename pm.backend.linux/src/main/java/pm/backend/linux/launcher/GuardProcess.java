package pm.backend.linux.launcher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import pm.api.ExitStatus;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.kernel.Signals;
import pm.backend.linux.process.ExitWatcher;
import pm.spi.BackendException;

/**
 * The guard of a manager's control group: kills what is in it when this JVM is gone. All stages complete on the exit watcher's thread. Safe
 * for use by any thread.
 */
public final class GuardProcess {
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<String> gone = new CompletableFuture<>();
    private final ResidentLauncher launcher;

    GuardProcess(int pid, int channel, ExitWatcher exits) throws KernelException {
        launcher = new ResidentLauncher(pid, channel, exits, new Ears());
    }

    private final class Ears implements ResidentLauncher.Listener {
        @Override
        public void heard(LauncherMessage message) {
            switch (message.kind()) {
                case READY -> ready.complete(null);
                case FAILED ->
                    ready.completeExceptionally(new BackendException("Could not start the guard: "
                            + Step.failure(message.value()) + ": " + KernelException.reason(message.error())));
                default -> {
                    // Answers to orders that a guard does not know: we give none.
                }
            }
        }

        @Override
        public void ended(ExitStatus status) {
            ready.completeExceptionally(new BackendException("Could not start the guard: it ended, " + status));
            gone.complete(status.toString());
        }
    }

    /** Its pid. */
    public long pid() {
        return launcher.pid();
    }

    /** Completes when it stands guard; exceptionally with {@link BackendException} when it ends before. */
    public CompletionStage<Void> ready() {
        return ready.minimalCompletionStage();
    }

    /** Completes when it has ended and was reaped, with how. */
    public CompletionStage<String> gone() {
        return gone.minimalCompletionStage();
    }

    /** Asks it to leave, without killing anything. Nothing when it is gone already. */
    public void bye() throws BackendException {
        try {
            launcher.send(Order.BYE, 0);
        } catch (KernelException refused) {
            if (!gone.isDone()) {
                throw new BackendException(
                        "Could not send the guard (pid " + pid() + ") away: " + refused.getMessage(), refused);
            }
        }
    }

    /** Sends SIGCONT to the guard, for somebody may have stopped it. Nothing when it is gone already. */
    public void wake() {
        try {
            launcher.signal(Signals.SIGCONT);
        } catch (KernelException refused) {
            // It runs as another user by now, which no guard of ours does; whoever waits for it sees the time pass.
        }
    }

    /** Kills the guard itself, so that it leaves nothing behind and kills nothing. Nothing when it is gone already. */
    public void kill() throws BackendException {
        try {
            launcher.signal(Signals.SIGKILL);
        } catch (KernelException refused) {
            throw new BackendException(
                    "Could not kill the guard (pid " + pid() + "): " + refused.getMessage(), refused);
        }
    }
}
