package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import pm.testing.GroupFolders;
import pm.testing.SpawnsBehindPm;

/**
 * A control group in a hierarchy that pm does not use. A process that is put into it has all its descendants in it, whatever they do: what
 * it lists is the truth about what lives of them. Where there is a hierarchy of version 1 that counts processes, it bounds them as well.
 */
@SpawnsBehindPm("mount(8), and SIGKILL to what a failed test has left")
final class UnknownGroups implements AutoCloseable {
    private static final Path FREEZER = Path.of("/sys/fs/cgroup/freezer");
    private static final Path PIDS = Path.of("/sys/fs/cgroup/pids");
    private static final int MOST_PROCESSES = 1_000;
    private static final int MORE_PROCESSES = 5_000;

    private final List<Path> mounted;
    private final Path group;
    private final List<Path> all = new ArrayList<>();

    /** Makes it, with this name. */
    UnknownGroups(String name) throws IOException {
        this(name, MOST_PROCESSES);
    }

    /** Makes it, with this name and for at most so many processes and threads. */
    UnknownGroups(String name, int most) throws IOException {
        boolean hasFreezer = Files.exists(FREEZER.resolve("tasks"));
        mounted = hasFreezer ? List.of() : List.of(mountHierarchy());
        group = Files.createDirectory((hasFreezer ? FREEZER : mounted.get(0)).resolve(name));
        all.add(group);
        if (Files.exists(PIDS.resolve("tasks"))) {
            all.add(Files.createDirectory(pids()));
            limit(most);
        }
    }

    /** Whether processes are bounded. */
    boolean isLimited() {
        return all.contains(pids());
    }

    private void limit(int most) throws IOException {
        if (isLimited()) {
            Files.writeString(pids().resolve("pids.max"), Integer.toString(most));
        }
    }

    private Path pids() {
        return PIDS.resolve(group.getFileName());
    }

    /**
     * Lets another JVM start where what is left has used up the limit: a process that forks and ends all the time leaves zombies, which count
     * until their new parent, the first process of the machine, has reaped them.
     */
    void makeRoom() throws IOException {
        limit(MORE_PROCESSES);
    }

    /** Where all controllers belong to version 2: a hierarchy of version 1 without any (cgroups(7), named hierarchies). */
    private static Path mountHierarchy() throws IOException {
        Path folder = Files.createTempDirectory("pm-hierarchy");
        run("mount", "-t", "cgroup", "-o", "none,name=" + folder.getFileName(), "none", folder.toString());
        return folder;
    }

    private static void run(String... command) throws IOException {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            assertThat(code).as(String.join(" ", command)).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A program that puts itself into the groups and then executes its arguments. */
    List<String> entrance() {
        StringBuilder script = new StringBuilder();
        all.forEach(folder -> script.append("echo $$ > ").append(folder).append("/cgroup.procs && "));
        return List.of("sh", "-c", script + "exec \"$@\"", "sh");
    }

    /** Threads that live, as lines of their {@code /proc} files. Zombies do not live: one that has threads is known by these. */
    List<String> living() {
        return threads().stream()
                .map(thread -> Path.of("/proc", thread))
                .filter(folder -> !Marks.isZombie(folder))
                .flatMap(folder -> description(folder).stream())
                .toList();
    }

    private static Optional<String> description(Path folder) {
        try {
            return Optional.of(Files.readString(folder.resolve("stat")).strip() + " "
                    + Files.readString(folder.resolve("cmdline")).replace('\0', ' '));
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }

    private List<String> threads() {
        try {
            return Files.readAllLines(group.resolve("tasks"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills what is left, and removes the groups. */
    @Override
    public void close() throws IOException {
        Awaitility.await("what is left can be killed")
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    for (String thread : threads()) {
                        if (!Marks.isZombie(Path.of("/proc", thread))) {
                            // kill(2) takes the number of any thread of a process.
                            run("sh", "-c", "kill -9 " + thread + " 2>/dev/null || :");
                        }
                    }
                    return threads().isEmpty();
                });
        for (Path folder : all) {
            Awaitility.await("the group is removed")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> remove(folder));
        }
        for (Path folder : mounted) {
            run("umount", folder.toString());
            Files.delete(folder);
        }
    }

    private static boolean remove(Path folder) {
        for (Path below : GroupFolders.below(folder)) {
            remove(below);
        }
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (IOException busy) {
            return false;
        }
    }
}
