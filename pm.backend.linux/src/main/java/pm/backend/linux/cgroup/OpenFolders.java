package pm.backend.linux.cgroup;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;
import pm.spi.BackendException;

/** Folders of groups that are open while something is started in them. */
final class OpenFolders implements AutoCloseable {
    private final int[] descriptors;
    private int open;

    private OpenFolders(int count) {
        this.descriptors = new int[count];
    }

    static OpenFolders of(List<CgroupFolder> folders) throws KernelException {
        OpenFolders opened = new OpenFolders(folders.size());
        try {
            for (CgroupFolder folder : folders) {
                opened.descriptors[opened.open] = Kernel.open(folder.path(), Kernel.O_RDONLY | Kernel.O_DIRECTORY);
                opened.open++;
            }
            return opened;
        } catch (KernelException e) {
            opened.close();
            throw e;
        }
    }

    /** The top of the hierarchy of version 2; none where that is not shown, or cannot be opened. */
    static OpenFolders ofHierarchy() {
        try {
            return of(OwnGroup.top().stream().map(CgroupFolder::new).toList());
        } catch (BackendException | KernelException notShown) {
            return new OpenFolders(0);
        }
    }

    OptionalInt first() {
        return Arrays.stream(descriptors).findFirst();
    }

    int[] descriptors() {
        return descriptors.clone();
    }

    @Override
    public void close() {
        Arrays.stream(descriptors, 0, open).forEach(Kernel::close);
        open = 0;
    }
}
