package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import pm.backend.linux.kernel.Errno;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;

/**
 * Goes through the groups below one by descriptors, of which at most two are open: a tree may nest groups as deep, and with as long names, as
 * it likes, and no path of more than 4,096 bytes can be used. Used by one thread.
 */
final class GroupWalk implements AutoCloseable {
    /** Sees each group before those below it; its folder is valid only meanwhile. */
    interface Visitor {
        void visit(CgroupFolder group) throws IOException;
    }

    private final Deque<String> names = new ArrayDeque<>();
    private final Deque<Deque<String>> left = new ArrayDeque<>();
    private int here;

    private GroupWalk(CgroupFolder top) throws KernelException, IOException {
        this.here = top.open("", Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        left.push(namesBelow());
    }

    /** Visits all groups below. */
    static void visit(CgroupFolder top, Visitor visitor) throws IOException {
        try (GroupWalk walk = new GroupWalk(top)) {
            while (!walk.left.isEmpty()) {
                if (walk.left.peek().isEmpty()) {
                    walk.up();
                } else if (walk.down(walk.left.peek().pop())) {
                    visitor.visit(folder(walk.here));
                }
            }
        } catch (KernelException e) {
            throw refused(top, e);
        }
    }

    /** Removes all groups below, deepest first; those in which something lives stay. */
    static void removeBelow(CgroupFolder top) throws IOException {
        try (GroupWalk walk = new GroupWalk(top)) {
            while (!walk.left.isEmpty()) {
                if (walk.left.peek().isEmpty()) {
                    String name = walk.names.peek();
                    if (walk.up()) {
                        walk.remove(name);
                    }
                } else {
                    String name = walk.left.peek().pop();
                    if (!walk.remove(name)) {
                        walk.down(name);
                    }
                }
            }
        } catch (KernelException e) {
            throw refused(top, e);
        }
    }

    /** The kernel follows this link to the open folder itself, whatever its path is. */
    private static CgroupFolder folder(int descriptor) {
        return new CgroupFolder(Path.of("/proc/self/fd/" + descriptor));
    }

    private static IOException refused(CgroupFolder top, KernelException e) {
        return new IOException("groups below " + top + ": " + e.getMessage(), e);
    }

    private Deque<String> namesBelow() throws IOException {
        Deque<String> below = new ArrayDeque<>();
        for (CgroupFolder group : folder(here).below()) {
            below.add(group.path().getFileName().toString());
        }
        return below;
    }

    /** Returns whether it is gone. */
    private boolean remove(String name) {
        return folder(here).childRemoved(name);
    }

    private boolean down(String name) throws KernelException, IOException {
        int below;
        try {
            below = folder(here).open(name, Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        } catch (KernelException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
        moveTo(below);
        names.push(name);
        left.push(namesBelow());
        return true;
    }

    /** Returns whether there was something to go up to. */
    private boolean up() throws KernelException {
        left.pop();
        if (left.isEmpty()) {
            return false;
        }
        moveTo(Kernel.openAt(here, "..", Kernel.O_RDONLY | Kernel.O_DIRECTORY));
        names.pop();
        return true;
    }

    private void moveTo(int folder) {
        Kernel.close(here);
        here = folder;
    }

    @Override
    public void close() {
        Kernel.close(here);
    }
}
