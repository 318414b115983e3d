package pm.backend.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import pm.api.Setting;
import pm.spi.Containment;
import pm.spi.NativeProcess;
import pm.spi.StartException;

/**
 * A program that starts one command, and prints what became of it: how it ended or why it did not start, and how many children this JVM still
 * has. The argument is a folder for cgroups.
 */
final class StartMain {
    private StartMain() {}

    public static void main(String[] arguments) throws Exception {
        try (TestSession session = TestSession.open(Map.of(Setting.CGROUP_ROOT, arguments[0]));
                Containment tree = session.contain()) {
            long before = children();
            System.out.println(outcome(tree));
            tree.whenEmpty().toCompletableFuture().get(60, TimeUnit.SECONDS);
            // The launcher and the command are reaped by then, or nobody knows of them.
            System.out.println(children() - before);
        }
    }

    private static String outcome(Containment tree) throws Exception {
        try {
            NativeProcess command = tree.start(TestSession.shell("echo > /dev/null; exit 3"));
            return command.exit()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS)
                    .toString();
        } catch (StartException e) {
            return e.getMessage();
        }
    }

    /** Zombies too. */
    private static long children() throws Exception {
        long count = 0;
        for (String thread : Path.of("/proc/self/task").toFile().list()) {
            count += Files.readString(Path.of("/proc/self/task", thread, "children"))
                            .split(" ", -1)
                            .length
                    - 1;
        }
        return count;
    }
}
