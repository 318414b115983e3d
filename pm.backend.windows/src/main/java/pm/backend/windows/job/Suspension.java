package pm.backend.windows.job;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.WindowsException;

/** Stops a tree and lets it go on. Each process is stopped once, since stops are counted. Safe for use by any thread. */
final class Suspension {
    /** Each round finds what was started during the one before it. Who starts faster than that is not stopped by anything. */
    private static final int ROUNDS = 100;

    private final Members members;
    /** Held, so that a pid in here is nobody else's. */
    private final Map<Integer, HeldProcess> stopped = new HashMap<>();

    Suspension(Members members) {
        this.members = members;
    }

    /**
     * Stops all.
     *
     * @return false when new ones came faster than they could be stopped
     */
    synchronized boolean suspend(int leader) throws WindowsException {
        for (int round = 0; round < ROUNDS; round++) {
            int before = stopped.size();
            members.visit(leader, process -> stop(process.pid()));
            if (stopped.size() == before) {
                return true;
            }
        }
        return false;
    }

    /** Stops one. */
    synchronized void stop(int pid) throws WindowsException {
        if (!stopped.containsKey(pid)) {
            Optional<HeldProcess> held = HeldProcess.forSuspension(pid);
            if (held.isPresent()) {
                if (held.get().suspend()) {
                    stopped.put(pid, held.get());
                } else {
                    held.get().close();
                }
            }
        }
    }

    /**
     * Lets those go on that were stopped here.
     *
     * @return false when the system refuses for one that lives
     */
    synchronized boolean resume() throws WindowsException {
        boolean all = true;
        try {
            for (HeldProcess process : stopped.values()) {
                all &= process.resume() || process.hasEnded();
            }
        } finally {
            close();
        }
        return all;
    }

    /** Lets one go on. */
    synchronized void resume(int pid) throws WindowsException {
        HeldProcess process = stopped.remove(pid);
        if (process != null) {
            try (process) {
                process.resume();
            }
        }
    }

    synchronized boolean isSuspended(int pid) {
        return stopped.containsKey(pid);
    }

    synchronized void close() {
        stopped.values().forEach(HeldProcess::close);
        stopped.clear();
    }
}
