package pm.tests.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.junit.Assume;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import pm.api.ProcessManager;

/** The bundles of a container that has pm, and what tests ask of it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class InFramework {
    /** Ends a tree of the tests quickly. */
    static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    protected BundleContext context;

    /** What is installed. */
    @Configuration
    public Option[] bundles() {
        return options(
                systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"),
                installed("pax-logging-api"),
                installed("org.osgi.util.function"),
                installed("org.osgi.util.promise"),
                installed("org.osgi.service.component"),
                installed("org.apache.felix.configadmin"),
                installed("org.apache.felix.metatype"),
                installed("org.apache.felix.scr"),
                installed("org.apache.felix.gogo.runtime"),
                installed("jna-jpms"),
                installed("pm.api"),
                installed("pm.core"),
                installed("pm.backend.posix"),
                installed("pm.backend.linux"),
                installed("pm.backend.linux.systemd"),
                composite(further()),
                junitBundles(),
                installed("byte-buddy"),
                installed("assertj-core"),
                installed("hamcrest"),
                installed("awaitility"));
    }

    /** What a class wants besides. */
    Option[] further() {
        return options();
    }

    static Option installed(String name) {
        return bundle(file(name));
    }

    /** Where a bundle of the build lies, as a framework takes it. */
    static String file(String name) {
        return Path.of("target", "bundles", name + ".jar").toUri().toString();
    }

    Bundle ownBundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** The manager that a bundle gets that does not say which it wants. */
    ProcessManager manager() {
        return manager(context);
    }

    static ProcessManager manager(BundleContext whose) {
        ServiceReference<ProcessManager> reference = await().atMost(SOON)
                .until(() -> whose.getServiceReference(ProcessManager.class), found -> found != null);
        return whose.getService(reference);
    }

    ServiceReference<ProcessManager> reference() {
        return context.getServiceReference(ProcessManager.class);
    }

    /** Passes over a test of control groups where none is ours, for instance without root: the report says that it was skipped. */
    void assumeControlGroups() {
        Assume.assumeTrue(
                "no control group of ours: " + manager().backend().facts(),
                manager().backend().containment().startsWith("cgroup"));
    }

    /** Asks the system: a zombie does not live. */
    static boolean lives(long pid) {
        return new ProcessState(pid).lives();
    }

    static void assertGone(List<Long> pids) {
        assertThat(pids).isNotEmpty().noneMatch(InFramework::lives);
    }
}
