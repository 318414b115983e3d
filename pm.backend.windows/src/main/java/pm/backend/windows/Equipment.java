package pm.backend.windows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import pm.backend.windows.job.JobCapabilities;
import pm.backend.windows.job.Tools;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.kernel.JobLimits;
import pm.backend.windows.kernel.ProcessCreation;
import pm.backend.windows.kernel.ProcessCreation.Birth;
import pm.backend.windows.kernel.SystemFolders;
import pm.backend.windows.kernel.WindowsException;
import pm.backend.windows.kernel.Wine;
import pm.backend.windows.process.PortLoop;
import pm.backend.windows.process.Starter;
import pm.backend.windows.stop.HelperProcesses;
import pm.backend.windows.stop.LastResort;
import pm.backend.windows.stop.TreeConsoles;
import pm.spi.BackendException;

/**
 * What a session has, whatever it does: two threads, a job around everything, and helpers.
 *
 * @param tools for trees
 * @param output tells of pipes
 * @param helpers our own processes
 * @param birth how processes come into their jobs
 * @param wine its version, empty on Windows
 */
record Equipment(Tools tools, PortLoop output, HelperProcesses helpers, Birth birth, Optional<String> wine) {

    /**
     * Makes it.
     *
     * @param name of the session, for its threads
     * @param warned hears what goes wrong
     */
    static Equipment open(String name, Consumer<String> warned) throws BackendException {
        Deque<AutoCloseable> made = new ArrayDeque<>();
        try {
            Job manager = Job.create();
            made.push(manager);
            // Whether anybody may leave is for the job inside of it to say: each tree and each helper has one.
            manager.limit(JobLimits.BREAKAWAY);
            PortLoop exits = PortLoop.start("pm-" + name + "-exits", warned);
            made.push(exits);
            PortLoop output = PortLoop.start("pm-" + name + "-output", warned);
            made.push(output);
            return with(manager, exits, output, warned);
        } catch (WindowsException refused) {
            BackendException failure = new BackendException(
                    "Could not open a session of the Windows backend: " + refused.getMessage(), refused);
            made.forEach(thing -> close(thing, failure));
            throw failure;
        }
    }

    private static void close(AutoCloseable thing, Exception reason) {
        try {
            thing.close();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    private static Equipment with(Job manager, PortLoop exits, PortLoop output, Consumer<String> warned)
            throws WindowsException {
        Optional<String> wine = Wine.version();
        String system = SystemFolders.system();
        Birth birth = ProcessCreation.best(List.of(manager));
        ProcessCreation creation = new ProcessCreation(birth);
        HelperProcesses helpers = new HelperProcesses(creation, manager, exits);
        Tools tools = new Tools(
                manager,
                exits,
                new Starter(creation, output, system),
                new TreeConsoles(helpers),
                new LastResort(helpers, system, warned),
                system,
                JobCapabilities.of(wine),
                counts(manager),
                warned);
        return new Equipment(tools, output, helpers, birth, wine);
    }

    private static boolean counts(Job job) {
        try {
            job.accounting();
            return true;
        } catch (WindowsException refused) {
            return false;
        }
    }

    List<String> facts() {
        List<String> facts = new ArrayList<>();
        facts.add(
                birth == Birth.IN_JOBS
                        ? "Processes are born in their jobs (PROC_THREAD_ATTRIBUTE_JOB_LIST)."
                        : "Processes are born stopped, and go on when they are in their jobs: this Windows is older than 10.");
        wine.ifPresent(version -> facts.add("This is Wine " + version
                + ", which holds nobody to the limits of a job and counts nothing for it: processes are added up."));
        return facts;
    }

    /** Everything that lives in the manager's job ends. */
    void close() {
        helpers.close();
        tools.manager().close();
        tools.exits().close();
        output.close();
        // Last, since a program that still runs keeps its file.
        tools.console().close();
    }
}
