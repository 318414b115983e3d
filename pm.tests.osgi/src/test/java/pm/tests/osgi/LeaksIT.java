package pm.tests.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import pm.api.ManagedProcess;
import pm.api.ProcessSpec;

/** pm's bundles come and go a hundred times, each time with processes, and nothing of them stays. */
public class LeaksIT extends InFramework {
    private static final int CYCLES = 100;
    /** Class loaders that the garbage collector has not met yet, and descriptors of a framework at work. */
    private static final int TOLERANCE = 5;

    private static final List<String> BUNDLES =
            List.of("pm.core", "pm.backend.posix", "pm.backend.linux", "pm.backend.linux.systemd");

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    @Test
    public void aHundredInstallationsLeaveNothing() throws Exception {
        for (String name : BUNDLES) {
            ownBundle(name).uninstall();
        }
        cycle();
        cycle();
        Set<String> threads = threads();
        long descriptors = descriptors();
        loaders.clear();

        for (int i = 0; i < CYCLES; i++) {
            cycle();
        }

        await().atMost(SOON).untilAsserted(() -> {
            System.gc();
            assertThat(threads()).isEqualTo(threads);
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors + TOLERANCE);
            assertThat(loaders.stream().filter(loader -> loader.get() != null).count())
                    .as("class loaders of %s installations", loaders.size())
                    .isLessThanOrEqualTo(TOLERANCE);
        });
        for (String name : BUNDLES) {
            context.installBundle(file(name)).start();
        }
    }

    /** Installs, starts, uses, and takes away. */
    private void cycle() throws Exception {
        List<Bundle> bundles = new ArrayList<>();
        for (String name : BUNDLES) {
            bundles.add(context.installBundle(file(name)));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        ManagedProcess process = manager().spawn(ProcessSpec.of("sh", "-c", "setsid sleep 1000 & sleep 1000"));
        long pid = process.pid();
        for (Bundle bundle : bundles) {
            loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
        }
        for (Bundle bundle : bundles) {
            bundle.uninstall();
        }
        assertThat(lives(pid)).isFalse();
        assertThat(process.isAlive()).isFalse();
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pm-") || name.startsWith("JNA"))
                .collect(Collectors.toSet());
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.count();
        }
    }
}
