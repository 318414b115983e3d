package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.spi.BackendException;
import pm.spi.Uninterrupted;

/** A manager's folder whose lock (flock) we hold. Only who holds the lock may remove the folder. */
final class LockedFolder {
    // Others may pass through to a tree's own group, as programs do that look for their limits, but not open this
    // folder to lock it.
    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
    private static final int MOST_ATTEMPTS = 1000;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(1);

    private final Path path;
    private final int descriptor;

    private LockedFolder(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /**
     * Makes a folder and locks it.
     *
     * <p>Between the two another manager may take it for what a dead one left, and remove it. It locks it before, so either our lock fails,
     * or we get the lock of a folder that is gone: both times we begin anew.
     */
    static LockedFolder make(Path path) throws IOException, KernelException, BackendException {
        Files.createDirectory(path, MODE);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<LockedFolder> locked = take(path);
            if (locked.isPresent()) {
                return locked.get();
            }
            Uninterrupted.pause(BETWEEN_ATTEMPTS);
            if (!Files.exists(path)) {
                Files.createDirectory(path, MODE);
            }
        }
        throw new BackendException("another process holds its lock");
    }

    /**
     * Locks a folder that is there, unless somebody else has its lock or removes it.
     *
     * @throws KernelException when we may not open it
     */
    static Optional<LockedFolder> take(Path path) throws KernelException {
        int descriptor;
        try {
            descriptor = Kernel.open(path, Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        } catch (KernelException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
        boolean taken = false;
        try {
            taken = Kernel.tryLock(descriptor) && isStillAt(path, descriptor);
        } finally {
            if (!taken) {
                Kernel.close(descriptor);
            }
        }
        return taken ? Optional.of(new LockedFolder(path, descriptor)) : Optional.empty();
    }

    /** Else what we locked was removed, and what is there now is another of the same name. */
    private static boolean isStillAt(Path path, int descriptor) {
        try {
            return Files.isSameFile(path, Path.of("/proc/self/fd/" + descriptor));
        } catch (IOException gone) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    /** Above the standard streams; its copies, a guard's too, hold the lock as well. */
    int descriptor() {
        return descriptor;
    }

    /** Removes it, as far as that can be done, and lets go of the lock: what stays is a leftover. */
    void abandon(Exception reason) {
        try {
            new CgroupFolder(path).remove();
        } catch (IOException e) {
            reason.addSuppressed(e);
        } finally {
            release();
        }
    }

    void release() {
        Kernel.close(descriptor);
    }
}
