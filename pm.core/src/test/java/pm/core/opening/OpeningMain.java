package pm.core.opening;

import com.sun.jna.Function;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import pm.api.ManagerClosedException;
import pm.api.PmApi;
import pm.api.ProcessManagers;
import pm.testing.GroupFolders;

/**
 * A JVM that ends at one step of opening a manager: {@code STEP ENDING FOLDER SEEN}. STEP is one that the opening thread reaches, one that
 * another thread finds in the system, or a number of microseconds. The names of managers' groups in FOLDER at that moment go to the file SEEN.
 */
public final class OpeningMain {
    private static String step;
    private static String ending;
    private static Path folder;
    private static Path seen;

    private OpeningMain() {}

    /** Opens a manager, and ends this JVM. */
    public static void main(String[] args) throws Exception {
        step = args[0];
        ending = args[1];
        folder = Path.of(args[2]);
        seen = Path.of(args[3]);
        Function kill = Function.getFunction("c", "kill");
        killing = signal -> kill.invokeInt(
                new Object[] {Math.toIntExact(ProcessHandle.current().pid()), signal});
        ManagementFactory.getPlatformMBeanServer()
                .addNotificationListener(
                        MBeanServerDelegate.DELEGATE_NAME,
                        (notification, unused) -> {
                            if (((MBeanServerNotification) notification)
                                    .getMBeanName()
                                    .getDomain()
                                    .equals("pm")) {
                                reached("BEAN");
                            }
                        },
                        null,
                        null);
        watch();
        try {
            ProcessManagers.open(PmApi.VERSION);
        } catch (ManagerClosedException shutsDown) {
            // As it should be when the JVM ends meanwhile.
        }
        new CountDownLatch(1).await();
    }

    private interface Killing {
        void send(int signal);
    }

    private static Killing killing;

    /** Begins to wait for what another thread can see of the step, if it is one of those. */
    private static void watch() {
        BooleanSupplier found =
                switch (step) {
                    case "THREAD" -> OpeningMain::hasEventsThread;
                    case "FOLDER" -> () -> exists("");
                    case "LEAF" -> () -> exists("guard");
                    case "FURTHER" ->
                        () -> groups().stream()
                                .anyMatch(name -> GroupFolders.named(name).size() > 1);
                    case "GUARD" ->
                        () -> ProcessHandle.current().children().findAny().isPresent();
                    case "GUARD_IN_LEAF" -> () -> groups().stream().anyMatch(OpeningMain::hasGuard);
                    default -> step.chars().allMatch(Character::isDigit) ? new After(Long.parseLong(step)) : null;
                };
        if (found != null) {
            Thread watcher = new Thread(() -> {
                while (!found.getAsBoolean()) {
                    Thread.onSpinWait();
                }
                reached(step);
            });
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    private record After(long end) implements BooleanSupplier {
        After {
            end = System.nanoTime() + end * 1000;
        }

        @Override
        public boolean getAsBoolean() {
            return System.nanoTime() - end > 0;
        }
    }

    private static boolean hasEventsThread() {
        Thread[] threads = new Thread[Thread.activeCount() + 10];
        int count = Thread.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().endsWith("-events")) {
                return true;
            }
        }
        return false;
    }

    private static List<String> groups() {
        return GroupFolders.below(folder).stream()
                .map(group -> group.getFileName().toString())
                .toList();
    }

    private static boolean exists(String below) {
        return groups().stream()
                .anyMatch(name -> Files.exists(folder.resolve(name).resolve(below)));
    }

    private static boolean hasGuard(String name) {
        try {
            return !Files.readString(folder.resolve(name).resolve("guard/cgroup.procs"))
                    .isEmpty();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends the JVM when this is the step; returns when its shutdown has begun. */
    static void reached(String name) {
        if (!name.equals(step) || isShuttingDown()) {
            return;
        }
        try {
            Files.write(seen, groups(), StandardOpenOption.CREATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        switch (ending) {
            case "EXIT" -> new Thread(() -> System.exit(3)).start();
            case "EXIT_HERE" -> System.exit(3);
            case "TERM" -> killing.send(15);
            default -> killing.send(9);
        }
        while (!isShuttingDown()) {
            LockSupport.parkNanos(100_000);
        }
    }

    private static boolean isShuttingDown() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException shutsDown) {
            return true;
        }
    }
}
