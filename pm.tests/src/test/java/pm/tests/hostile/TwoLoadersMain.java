package pm.tests.hostile;

import java.io.Closeable;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.api.ProcessManagers;
import pm.api.ProcessSpec;

/**
 * pm twice in one JVM, by two class loaders that share no class of it: {@code MARK MARK}. Prints {@code READY instance instance} when a tree
 * of each is at work, and {@code CLOSED} when the first manager is closed.
 */
public final class TwoLoadersMain {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private TwoLoadersMain() {}

    /** Opens a manager by each class loader, and closes the first. */
    public static void main(String[] args) throws Exception {
        Object first = open(args[0]);
        Object second = open(args[1]);
        OUT.println("READY " + ((Callable<?>) first).call() + " " + ((Callable<?>) second).call());
        ((Closeable) first).close();
        OUT.println("CLOSED");
        new CountDownLatch(1).await();
    }

    private static Object open(String mark) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        ClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        return loader.loadClass(Loaded.class.getName())
                .getConstructor(String.class)
                .newInstance(mark);
    }

    /** A manager with a tree, and the manager's id. */
    public static final class Loaded implements Callable<String>, Closeable {
        private final ProcessManager manager = ProcessManagers.open(PmApi.VERSION);

        /** With a tree that carries a mark. */
        public Loaded(String mark) {
            manager.spawn(ProcessSpec.of("sh", "-c", "setsid sleep " + mark + " & sleep " + mark));
        }

        @Override
        public String call() {
            return manager.instanceId();
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
