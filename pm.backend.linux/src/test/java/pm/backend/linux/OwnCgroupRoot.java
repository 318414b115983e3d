package pm.backend.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import pm.api.Setting;
import pm.backend.linux.kernel.Kernel;
import pm.backend.linux.kernel.KernelException;

/** A group of the test's own to make managers' groups in, so that other test runs on this host don't meet what it leaves. */
record OwnCgroupRoot(Path folder, int lock) implements AutoCloseable {
    static OwnCgroupRoot make() throws Exception {
        Path base;
        try (TestSession session = TestSession.cgroup()) {
            base = session.folder().getParent();
        }
        Path folder = Files.createDirectory(base.resolve("pm.test-" + UUID.randomUUID()));
        int lock = Kernel.open(folder, Kernel.O_RDONLY | Kernel.O_DIRECTORY);
        if (!Kernel.tryLock(lock)) {
            throw new KernelException("somebody else has locked " + folder, 0);
        }
        return new OwnCgroupRoot(folder, lock);
    }

    TestSession open() throws Exception {
        return TestSession.open(Map.of(Setting.CGROUP_ROOT, folder.toString()));
    }

    List<Path> managers() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    @Override
    public void close() throws IOException {
        Files.delete(folder);
        Kernel.close(lock);
    }
}
