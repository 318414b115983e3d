package pm.backend.linux.cgroup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pm.backend.linux.controller.GroupFiles;
import pm.backend.linux.kernel.BriefDescriptors;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;

/**
 * The folder of a cgroup; its files are described in the kernel's cgroup-v2.rst. Everything here reaches the groups below too. A folder that
 * was removed is empty. Safe for use by any thread.
 */
final class CgroupFolder implements GroupFiles {
    private static final int PAGE = 4096;

    /** Lists come in whole lines: a read that leaves more room than for another line was the last one. */
    private static final int LONGEST_LINE = 64;

    /** Its name in the folder above, and its own "."; kernfs_refresh_inode of the kernel's fs/kernfs/inode.c. */
    private static final int LINKS_OF_A_LEAF = 2;

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private final Path path;

    CgroupFolder(Path path) {
        this.path = path;
    }

    static CgroupFolder create(Path path) throws IOException {
        return new CgroupFolder(Files.createDirectory(path));
    }

    Path path() {
        return path;
    }

    /** Returns whether it is there; also when we may not look, so that what is hidden is not taken for gone. */
    boolean exists() {
        return !Files.notExists(path);
    }

    /** Kernels before 5.14 and some later ones lack the file: look for it, not for a version. */
    boolean hasKill() {
        return !Files.notExists(path.resolve("cgroup.kill"));
    }

    /** SIGKILL to everything inside, also to what is being forked and what is frozen. */
    void kill() throws IOException {
        write("cgroup.kill", "1");
    }

    /** Begins to stop everything inside; {@link CgroupEvents#frozen} tells when all of it has come to a stop. */
    void freeze() throws IOException {
        write("cgroup.freeze", "1");
    }

    void thaw() throws IOException {
        write("cgroup.freeze", "0");
    }

    CgroupEvents events() throws IOException {
        String text = read("cgroup.events");
        return text.isEmpty() ? CgroupEvents.GONE : CgroupEvents.parse(text);
    }

    /** Pids of everything inside, as far as our PID namespace shows them. */
    List<Long> pids() throws IOException {
        List<Long> pids = new ArrayList<>(ownPids());
        if (!hasNoneBelow() && exists()) {
            GroupWalk.visit(this, group -> pids.addAll(group.ownPids()));
        }
        return pids;
    }

    /** Pids of this group itself. */
    List<Long> ownPids() throws IOException {
        try {
            return read("cgroup.procs")
                    .lines()
                    .map(Long::parseLong)
                    .filter(pid -> pid > 0)
                    .toList();
        } catch (IOException threaded) {
            // EOPNOTSUPP: the processes of a threaded group are listed by the group above it.
            if (read("cgroup.type").strip().equals("threaded")) {
                return List.of();
            }
            throw threaded;
        }
    }

    /**
     * Removes just this folder.
     *
     * @return whether it is gone; not, while something lives in it or there are groups below: so this proves emptiness in one call
     */
    boolean removeIfEmpty() {
        return path.toFile().delete() || !exists();
    }

    /** Removes it and the groups below, deepest first. Most have none: then it takes one call, where a look at what is in it takes dozens. */
    void remove() throws IOException {
        if (removeIfEmpty()) {
            return;
        }
        GroupWalk.removeBelow(this);
        if (!new CgroupFolder(path.getParent()).childRemoved(path.getFileName().toString())) {
            throw new IOException(path + " cannot be removed: something lives in it, or it is not ours");
        }
    }

    /** Removes a group just below this one; returns whether it is gone. */
    boolean childRemoved(String name) {
        CgroupFolder child = new CgroupFolder(path.resolve(name));
        if (child.removeIfEmpty()) {
            return true;
        }
        return giveBack(path) && child.removeIfEmpty();
    }

    /**
     * As {@link #remove()}, where a refusal means that something lives in it.
     *
     * @return whether it is gone
     */
    boolean removeIfUnused() {
        try {
            remove();
            return true;
        } catch (IOException busy) {
            return false;
        }
    }

    /** Returns the groups below it. */
    List<CgroupFolder> below() throws IOException {
        if (hasNoneBelow()) {
            return List.of();
        }
        List<CgroupFolder> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Files::isDirectory)) {
            entries.forEach(entry -> folders.add(new CgroupFolder(entry)));
        } catch (NoSuchFileException removedMeanwhile) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return folders;
    }

    /** Asks the number of links, in one call: a listing would look at each of some forty files. Each folder below has one, for its "..". */
    private boolean hasNoneBelow() {
        try {
            return Files.getAttribute(path, "unix:nlink").equals(LINKS_OF_A_LEAF);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** Returns the text of one of its files, empty when there is none of that name. */
    String read(String file) throws IOException {
        try {
            return textOf(file);
        } catch (KernelException e) {
            // ENODEV when it was removed while it was being read.
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENODEV) {
                return "";
            }
            throw new IOException(path.resolve(file) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens one of its files, or itself when the name is empty. Whoever lives in it may have taken permissions away, when it is of the same user:
     * these are given back.
     */
    int open(String file, int flags) throws KernelException {
        Path target = path.resolve(file);
        try {
            return Kernel.open(target, flags);
        } catch (KernelException e) {
            if (e.errno() != Errno.EACCES) {
                throw e;
            }
            Path above = path.getParent();
            if (above != null && above.getParent() != null) {
                giveBack(above.getParent());
                giveBack(above);
            }
            giveBack(path);
            giveBack(target);
            return Kernel.open(target, flags);
        }
    }

    /** Adds what the owner needs; returns whether something was missing. Somebody else's stays as it is. */
    private static boolean giveBack(Path file) {
        try {
            Set<PosixFilePermission> now = Files.getPosixFilePermissions(file);
            Set<PosixFilePermission> wanted = EnumSet.copyOf(OWNERS);
            if (!Files.isDirectory(file)) {
                wanted.remove(PosixFilePermission.OWNER_EXECUTE);
            }
            wanted.addAll(now);
            if (wanted.equals(now)) {
                return false;
            }
            Files.setPosixFilePermissions(file, wanted);
            return true;
        } catch (IOException notOurs) {
            return false;
        }
    }

    @Override
    public boolean has(String file) {
        return Files.exists(path.resolve(file));
    }

    @Override
    public String text(String file) {
        try {
            return textOf(file);
        } catch (KernelException noneOrGone) {
            return "";
        }
    }

    /** By system calls alone, for it is read for each tree. */
    private String textOf(String file) throws KernelException {
        int descriptor = BriefDescriptors.open(() -> open(file, Kernel.O_RDONLY));
        try {
            byte[] page = new byte[PAGE];
            int length = Kernel.readAt(descriptor, page, 0);
            ByteArrayOutputStream text = new ByteArrayOutputStream(length);
            text.write(page, 0, length);
            while (length > PAGE - LONGEST_LINE) {
                length = Kernel.readAt(descriptor, page, text.size());
                text.write(page, 0, length);
            }
            return text.toString(StandardCharsets.US_ASCII);
        } finally {
            BriefDescriptors.close(descriptor);
        }
    }

    /** Writes a value, as one write. */
    void set(String file, String value) throws KernelException {
        int descriptor = BriefDescriptors.open(() -> open(file, Kernel.O_WRONLY));
        try {
            Kernel.write(descriptor, ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII)));
        } finally {
            BriefDescriptors.close(descriptor);
        }
    }

    void write(String file, String value) throws IOException {
        try {
            set(file, value);
        } catch (KernelException e) {
            // Nothing can be done, and need not, to what is in a folder that is gone.
            if (exists()) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
