package pm.backend.linux.guard;

import java.nio.file.Path;
import pm.backend.linux.cgroup.InstanceCgroup;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.backend.linux.launcher.GuardProcess;
import pm.backend.linux.launcher.Launching;
import pm.spi.BackendException;

/**
 * Where guards stand.
 *
 * @param cgroup what they guard
 * @param launching starts them
 */
record GuardPost(InstanceCgroup cgroup, Launching launching) {
    /** Starts one. It needs folders by descriptor only while it is being started: it gets its own copies. */
    GuardProcess man() throws BackendException {
        int parent = open(cgroup.base().folder());
        try {
            int own = open(cgroup.base().own());
            try {
                return launching.guard(
                        cgroup.descriptor(),
                        parent,
                        own,
                        cgroup.path().getFileName().toString(),
                        cgroup.furtherDescriptors());
            } finally {
                Kernel.close(own);
            }
        } finally {
            Kernel.close(parent);
        }
    }

    private static int open(Path folder) throws BackendException {
        try {
            return Kernel.open(folder, Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        } catch (KernelException e) {
            throw new BackendException("Could not start the guard: " + e.getMessage(), e);
        }
    }
}
