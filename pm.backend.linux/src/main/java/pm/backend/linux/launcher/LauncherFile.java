package pm.backend.linux.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pm.backend.linux.kernel.Kernel;
import pm.spi.BackendException;

/**
 * Another build of the launcher, named by PM_LAUNCHER: run with our rights for every command, so nobody else may be able to change it.
 *
 * @param path without symbolic links
 */
record LauncherFile(Path path) {
    private static final int ROOT = 0;
    private static final int WRITABLE_BY_OTHERS = 022;

    /**
     * Checks a file and the folders above it.
     *
     * @throws BackendException with the reason why it is not used
     */
    static LauncherFile check(String name) throws BackendException {
        if (!name.startsWith("/")) {
            throw refusal(name, "it is no absolute path");
        }
        try {
            Path path = Path.of(name).toRealPath();
            if (!Files.isRegularFile(path)) {
                throw refusal(name, "it is no file");
            }
            for (Path part = path; part != null; part = part.getParent()) {
                checkOwner(name, part);
            }
            return new LauncherFile(path);
        } catch (IOException unreadable) {
            throw new BackendException(
                    "Could not use the launcher '" + name + "': " + unreadable + ", correct PM_LAUNCHER", unreadable);
        }
    }

    private static void checkOwner(String name, Path part) throws IOException, BackendException {
        int owner = (int) Files.getAttribute(part, "unix:uid");
        int mode = (int) Files.getAttribute(part, "unix:mode");
        if (owner != ROOT && owner != Kernel.effectiveUser()) {
            throw refusal(name, part + " belongs to user " + owner + ", neither root nor us");
        }
        if ((mode & WRITABLE_BY_OTHERS) != 0) {
            throw refusal(name, part + " can be written by others");
        }
    }

    private static BackendException refusal(String name, String reason) {
        return new BackendException("Could not use the launcher '" + name + "': " + reason + ", correct PM_LAUNCHER");
    }
}
