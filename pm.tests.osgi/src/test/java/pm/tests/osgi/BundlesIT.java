package pm.tests.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.inject.Inject;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import pm.api.Cause;
import pm.api.ManagedProcess;
import pm.api.ManagerClosedException;
import pm.api.ProcessManager;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;
import pm.api.Setting;

/** Bundles that use pm, and pm's own, as they stop, are updated and go. */
public class BundlesIT extends InFramework {
    private static final ProcessSpec SLEEP = ProcessSpec.of("sleep", "1000");

    @Inject
    private ConfigurationAdmin admin;

    /** A bundle without any code: what is done with its context is done by it. */
    private Bundle install(String name) throws Exception {
        Bundle bundle = context.installBundle("test:" + name, jar(name));
        bundle.start();
        return bundle;
    }

    private static InputStream jar(String name) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.putValue("Manifest-Version", "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Test
    public void theProcessesOfABundleEndWhenItStops() throws Exception {
        Bundle one = install("one");
        Bundle two = install("two");
        ProcessManager managerOfOne = manager(one.getBundleContext());
        ManagedProcess ofOne = managerOfOne.spawn(ServiceIT.STUBBORN);
        ManagedProcess ofTwo = manager(two.getBundleContext()).spawn(SLEEP);
        await().atMost(SOON).until(() -> ofOne.tree().nodes().size() >= 4);
        List<Long> pids =
                ofOne.tree().nodes().stream().map(ProcessTree.Node::pid).toList();
        assertThat(ofOne.owner()).contains("one");

        one.stop();
        assertGone(pids);
        assertThat(ofOne.await().cause()).isEqualTo(Cause.OWNER_STOPPED);
        assertThat(lives(ofTwo.pid())).isTrue();
        assertThatThrownBy(() -> managerOfOne.spawn(SLEEP))
                .isInstanceOf(ManagerClosedException.class)
                .hasMessageContaining("one was stopped");

        // Started again it is another owner.
        one.start();
        assertThat(manager(one.getBundleContext()).run(ProcessSpec.of("true")).isSuccess())
                .isTrue();
        one.uninstall();
        two.uninstall();
        assertThat(lives(ofTwo.pid())).isFalse();
    }

    @Test
    public void anUpdateEndsThemToo() throws Exception {
        Bundle bundle = install("updated");
        ManagedProcess process = manager(bundle.getBundleContext()).spawn(SLEEP);
        bundle.update(jar("updated"));
        assertThat(lives(process.pid())).isFalse();
        bundle.uninstall();
    }

    @Test
    public void theyGoOnWhenItIsConfiguredSo() throws Exception {
        Configuration configuration = admin.getConfiguration("pm", "?");
        configuration.update(FrameworkUtil.asDictionary(Map.of("end.with.bundle", false)));
        await().atMost(SOON).until(() -> !manager().settings().flag(Setting.END_WITH_BUNDLE));
        try {
            Bundle bundle = install("gone");
            ManagedProcess process = manager(bundle.getBundleContext()).spawn(SLEEP);
            bundle.uninstall();
            assertThat(lives(process.pid())).isTrue();
            try (ManagedProcess found = manager().find(process.id()).orElseThrow()) {
                assertThat(found.owner()).contains("gone");
            }
            assertThat(lives(process.pid())).isFalse();
        } finally {
            configuration.delete();
            await().atMost(SOON).until(() -> manager().settings().flag(Setting.END_WITH_BUNDLE));
        }
    }

    @Test
    public void stoppingTheCoreEndsAll() throws Exception {
        ManagedProcess process = manager().spawn(ServiceIT.STUBBORN);
        await().atMost(SOON).until(() -> process.tree().nodes().size() >= 4);
        List<Long> pids =
                process.tree().nodes().stream().map(ProcessTree.Node::pid).toList();
        Bundle core = ownBundle("pm.core");

        core.stop();
        assertGone(pids);
        assertThat(reference()).isNull();
        core.start();
        assertThat(manager().run(ProcessSpec.of("true")).isSuccess()).isTrue();
    }
}
