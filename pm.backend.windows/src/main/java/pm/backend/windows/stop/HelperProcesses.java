package pm.backend.windows.stop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import pm.backend.windows.commandline.CommandLine;
import pm.backend.windows.commandline.EnvironmentBlock;
import pm.backend.windows.commandline.RefusedCommandException;
import pm.backend.windows.kernel.Handle;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.OpenFiles;
import pm.backend.windows.kernel.ProcessCreation;
import pm.backend.windows.kernel.ProcessOrder;
import pm.backend.windows.kernel.WindowsException;
import pm.backend.windows.process.PortLoop;

/** Short-lived processes of our own, each in a job of its own inside of the manager's. Safe for use by any thread. */
public final class HelperProcesses {
    /** What they are told that they are called: without a space, which pm-console.c relies on. */
    private static final String OWN_NAME = "pm-helper";

    private final ProcessCreation creation;
    private final Job manager;
    private final PortLoop exits;
    private final Set<HelperRun> running = ConcurrentHashMap.newKeySet();

    /** For one session. */
    public HelperProcesses(ProcessCreation creation, Job manager, PortLoop exits) {
        this.creation = creation;
        this.manager = manager;
        this.exits = exits;
    }

    /**
     * Starts one, and returns.
     *
     * @param program full path
     * @param arguments for it
     * @param inherited handles that it gets
     * @param ended hears its exit code, on the loop's thread
     */
    void start(String program, List<String> arguments, List<Handle> inherited, IntConsumer ended)
            throws WindowsException, RefusedCommandException {
        List<String> words = new ArrayList<>(List.of(OWN_NAME));
        words.addAll(arguments);
        String line = CommandLine.of(words);
        Job job = Job.create();
        try (Handle nothing = OpenFiles.nullDevice()) {
            ProcessOrder order = new ProcessOrder(
                    program,
                    line,
                    ownEnvironment(),
                    Optional.empty(),
                    List.of(nothing, nothing, nothing),
                    inherited,
                    ProcessOrder.Console.NONE);
            HelperRun helper = new HelperRun(job, running::remove, ended);
            running.add(helper);
            helper.run(() -> creation.start(order, List.of(manager, job)), exits);
        } catch (WindowsException refused) {
            job.close();
            throw refused;
        }
    }

    private static String ownEnvironment() throws RefusedCommandException {
        return EnvironmentBlock.of(System.getenv(), true, Set.of(), Map.of()).text();
    }

    /** Pids of those that run. */
    public Set<Long> pids() {
        return running.stream().flatMap(helper -> helper.pid().stream()).collect(Collectors.toSet());
    }

    /** Ends those that run. */
    public void close() {
        running.forEach(HelperRun::close);
    }
}
