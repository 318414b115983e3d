package pm.backend.windows.job;

import java.util.function.Consumer;
import pm.api.Capabilities;
import pm.backend.windows.kernel.Job;
import pm.backend.windows.process.PortLoop;
import pm.backend.windows.process.Starter;
import pm.backend.windows.stop.LastResort;
import pm.backend.windows.stop.TreeConsoles;

/**
 * What all trees of a session work with.
 *
 * @param manager the job around all of them
 * @param exits tells of ends
 * @param starter starts leaders
 * @param console reaches consoles
 * @param lastResort for what a job did not end
 * @param system where Windows has its own programs
 * @param capabilities what happens to limits
 * @param jobsCount whether the system counts what jobs use
 * @param warned hears what is not as it should be
 */
public record Tools(
        Job manager,
        PortLoop exits,
        Starter starter,
        TreeConsoles console,
        LastResort lastResort,
        String system,
        Capabilities capabilities,
        boolean jobsCount,
        Consumer<String> warned) {}
