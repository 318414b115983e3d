package pm.backend.windows.stop;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import pm.backend.windows.commandline.RefusedCommandException;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.WindowsException;
import pm.spi.BackendException;

/** {@code taskkill /F /T}: for what is left when a job was terminated in vain. Safe for use by any thread. */
public final class LastResort {
    private final HelperProcesses helpers;
    private final String program;
    private final Consumer<String> warned;

    /**
     * For one session.
     *
     * @param system where Windows has its own programs: nobody else's taskkill is run
     */
    public LastResort(HelperProcesses helpers, String system, Consumer<String> warned) {
        this.helpers = helpers;
        this.program = system + "\\taskkill.exe";
        this.warned = warned;
    }

    /**
     * Tries it, and returns.
     *
     * @param leader of which we hold a handle: while it lives its pid is its own. Without a living root taskkill finds nobody
     * @return why it could not be tried, empty when it was
     */
    public Optional<String> attempt(HeldProcess leader) throws BackendException {
        try {
            if (leader.hasEnded()) {
                return Optional.of(
                        "skipped: the leader has ended, and taskkill /T finds descendants by a living leader only");
            }
            helpers.start(
                    program,
                    List.of("/F", "/T", "/PID", Integer.toUnsignedString(leader.pid())),
                    List.of(),
                    code -> ended(leader, code));
            return Optional.empty();
        } catch (WindowsException | RefusedCommandException refused) {
            throw new BackendException("Could not run taskkill: " + refused.getMessage(), refused);
        }
    }

    private void ended(HeldProcess leader, int code) {
        try {
            if (code != 0 && !leader.hasEnded()) {
                warned.accept("Could not end process " + leader.pid() + " by taskkill: it said " + code);
            }
        } catch (WindowsException closedMeanwhile) {
            // The tree is gone, and so is its handle.
        }
    }
}
