package pm.backend.linux;

import java.util.Optional;
import java.util.function.Consumer;
import pm.backend.linux.kernel.BriefDescriptors;
import pm.backend.linux.kernel.Epoll;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.launcher.LauncherBinary;
import pm.backend.linux.launcher.Launching;
import pm.backend.linux.process.ExitWatcher;
import pm.backend.posix.events.OutputPump;
import pm.spi.BackendException;

/**
 * What every containment needs.
 *
 * @param binary the launcher
 * @param exits one thread for all exits
 * @param output one thread for all pipes
 * @param launching starts processes with these
 */
record Equipment(LauncherBinary binary, ExitWatcher exits, OutputPump output, Launching launching)
        implements AutoCloseable {
    /**
     * Gets it all, or nothing.
     *
     * @param launcher another build of the launcher
     * @param trouble hears what goes wrong on the threads
     */
    static Equipment open(String instanceId, Optional<String> launcher, Consumer<String> trouble)
            throws BackendException {
        BriefDescriptors.begin();
        try {
            return openAll(instanceId, launcher, trouble);
        } catch (BackendException | RuntimeException | Error e) {
            BriefDescriptors.end();
            throw e;
        }
    }

    private static Equipment openAll(String instanceId, Optional<String> launcher, Consumer<String> trouble)
            throws BackendException {
        LauncherBinary binary = LauncherBinary.open(launcher);
        try {
            ExitWatcher exits = ExitWatcher.start(instanceId, trouble);
            try {
                OutputPump output = OutputPump.start(instanceId, new Epoll(), trouble);
                try {
                    return new Equipment(binary, exits, output, Launching.open(binary, exits, output));
                } catch (BackendException | RuntimeException | Error e) {
                    output.close();
                    throw e;
                }
            } catch (BackendException | KernelException | RuntimeException | Error e) {
                exits.close();
                throw e;
            }
        } catch (KernelException e) {
            binary.close();
            throw new BackendException(
                    "Could not watch processes: " + e.getMessage() + ", see whether descriptors are used up", e);
        } catch (BackendException | RuntimeException | Error e) {
            binary.close();
            throw e;
        }
    }

    @Override
    public void close() {
        exits.close();
        output.close();
        launching.close();
        binary.close();
        BriefDescriptors.end();
    }
}
