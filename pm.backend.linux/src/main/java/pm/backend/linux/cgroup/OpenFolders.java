package pm.backend.linux.cgroup;

import java.util.Arrays;
import java.util.List;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;

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

    int[] descriptors() {
        return descriptors.clone();
    }

    @Override
    public void close() {
        Arrays.stream(descriptors, 0, open).forEach(Kernel::close);
        open = 0;
    }
}
