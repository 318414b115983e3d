package pm.backend.windows.job;

import java.util.List;
import pm.backend.windows.kernel.ConsoleEvents;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.WindowsException;
import pm.backend.windows.stop.StopRequest;
import pm.backend.windows.stop.TreeConsoles.Answer;
import pm.backend.windows.stop.WindowCloser;
import pm.spi.BackendException;

/**
 * Asks the programs of a tree to stop: windows to close, then the consoles. A tree has a console of its own, which nobody else uses; but one
 * that was given our console, for its streams, hears Ctrl-Break by its process group there. Safe for use by any thread.
 */
final class TreeStop {
    private final String name;
    private final JobTree tree;
    private final Tools tools;
    private volatile boolean sharesConsole;
    private volatile boolean isKilled;

    TreeStop(String name, JobTree tree, Tools tools) {
        this.name = name;
        this.tree = tree;
        this.tools = tools;
    }

    /** Its leader is on our console. */
    void isOnOurConsole() {
        sharesConsole = true;
    }

    /** From now on nobody wonders who did not hear. */
    void killed() {
        isKilled = true;
    }

    /** Asks these processes, and returns. */
    void ask(StopRequest request, HeldProcess leader, List<Integer> pids) throws BackendException {
        if (pids.isEmpty()) {
            return;
        }
        int windows = request == StopRequest.STOP ? WindowCloser.close(tree.job(), pids) : 0;
        if (sharesConsole) {
            breakGroup(leader, windows);
            return;
        }
        int event = request == StopRequest.STOP ? ConsoleEvents.CTRL_C : ConsoleEvents.CTRL_BREAK;
        tools.console().send(event, tree.job(), pids, answer -> answered(answer, windows));
    }

    private void breakGroup(HeldProcess leader, int windows) throws BackendException {
        try {
            if (!leader.hasEnded()) {
                ConsoleEvents.breakGroup(leader);
            }
        } catch (WindowsException refused) {
            if (windows == 0) {
                throw new BackendException("Could not ask " + name + " to stop: " + refused.getMessage(), refused);
            }
        }
    }

    private void answered(Answer answer, int windows) {
        switch (answer) {
            case HEARD -> {
                // As it should be.
            }
            case NOBODY -> {
                if (windows == 0 && isAlive()) {
                    tools.warned()
                            .accept("Could not ask " + name + " to stop: it has neither a window nor a console,"
                                    + " it can only be killed");
                }
            }
            case STRANGERS ->
                tools.warned()
                        .accept("Could not ask all of " + name + " to stop: a console of it is used by other programs,"
                                + " too, which would have heard");
            case USAGE, REFUSED -> {
                if (isAlive()) {
                    tools.warned()
                            .accept("Could not ask " + name + " to stop: the system refused to send an event to its"
                                    + " console (" + answer + ")");
                }
            }
        }
    }

    private boolean isAlive() {
        try {
            return !isKilled && !tree.isEmpty();
        } catch (WindowsException unknown) {
            return false;
        }
    }
}
