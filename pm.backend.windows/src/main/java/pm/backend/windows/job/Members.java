package pm.backend.windows.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import pm.api.ProcessTree;
import pm.backend.windows.kernel.HeldProcess;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.WindowsException;

/**
 * What lives in a job. The host of the tree's console is left out: the system starts it beside the first program, and it goes with the last.
 * It is counted all the same when a tree is proven gone.
 */
final class Members {
    private final Job job;
    private final String consoleHost;

    /**
     * Of one job.
     *
     * @param system where Windows has its own programs
     */
    Members(Job job, String system) {
        this.job = job;
        this.consoleHost = system + "\\conhost.exe";
    }

    /** Something to do with one of them, while it is held. */
    interface Visitor {
        void visit(HeldProcess process) throws WindowsException;
    }

    /** Visits each, the leader first. Who ends meanwhile is left out. */
    void visit(int leader, Visitor visitor) throws WindowsException {
        List<Integer> pids = new ArrayList<>(job.pids());
        if (pids.remove((Integer) leader)) {
            pids.add(0, leader);
        }
        for (int pid : pids) {
            Optional<HeldProcess> opened = HeldProcess.forSuspension(pid).or(() -> HeldProcess.look(pid));
            if (opened.isPresent()) {
                try (HeldProcess process = opened.get()) {
                    // The pid may be somebody else's by now.
                    if (process.isIn(job) && !process.hasEnded() && !isConsoleHost(process)) {
                        visitor.visit(process);
                    }
                }
            }
        }
    }

    /**
     * Visits each that runs a program already: Wine puts a process into the job before it knows what the process will run, and that may be the host of the console.
     */
    private void visitPrograms(int leader, Visitor visitor) throws WindowsException {
        visit(leader, process -> {
            if (process.image().isPresent()) {
                visitor.visit(process);
            }
        });
    }

    private boolean isConsoleHost(HeldProcess process) throws WindowsException {
        return process.image().filter(consoleHost::equalsIgnoreCase).isPresent();
    }

    /** Their pids, the leader's first. */
    List<Integer> pids(int leader) throws WindowsException {
        List<Integer> pids = new ArrayList<>();
        visitPrograms(leader, process -> pids.add(process.pid()));
        return pids;
    }

    /**
     * For a person.
     *
     * @param leadersCommand as others may see it
     * @param isSuspended whether we have stopped one
     */
    List<ProcessTree.Node> nodes(int leader, String leadersCommand, IntPredicate isSuspended) throws WindowsException {
        List<ProcessTree.Node> nodes = new ArrayList<>();
        visitPrograms(leader, process -> {
            String command = process.pid() == leader ? leadersCommand : command(process);
            nodes.add(new ProcessTree.Node(
                    Integer.toUnsignedLong(process.pid()),
                    Integer.toUnsignedLong(process.parentPid().orElse(0)),
                    command,
                    isSuspended.test(process.pid()) ? "suspended" : "running",
                    Optional.of(process.startTime())));
        });
        return nodes;
    }

    private static String command(HeldProcess process) throws WindowsException {
        Optional<String> line = process.commandLine();
        return (line.isPresent() ? line : process.image()).orElse("?");
    }
}
