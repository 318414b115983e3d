package pm.tests.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import pm.api.EffectiveSettings.Origin;
import pm.api.ManagedProcess;
import pm.api.ProcessManager;
import pm.api.ProcessSpec;
import pm.api.Setting;
import pm.api.TooManyProcessesException;

/** Settings by Configuration Admin, while processes run. */
public class ConfigurationIT extends InFramework {
    private static final ProcessSpec SLEEP = ProcessSpec.of("sleep", "1000");

    @Inject
    private ConfigurationAdmin admin;

    private Configuration configuration() throws Exception {
        return admin.getConfiguration("pm", "?");
    }

    private void configure(Map<String, Object> values) throws Exception {
        configuration().update(FrameworkUtil.asDictionary(values));
    }

    @After
    public void deleteAll() throws Exception {
        Configuration[] all = admin.listConfigurations("(service.pid=pm*)");
        for (Configuration one : all == null ? new Configuration[0] : all) {
            one.delete();
        }
        await().atMost(SOON)
                .until(() -> reference() != null
                        && manager().settings().count(Setting.MAX_PROCESSES) == 100
                        && manager().settings().text(Setting.CONTAINMENT).equals(Optional.of("auto")));
    }

    @Test
    public void aSettingIsChangedWhileProcessesRun() throws Exception {
        ProcessManager manager = manager();
        try (ManagedProcess one = manager.spawn(SLEEP);
                ManagedProcess two = manager.spawn(SLEEP)) {
            configure(Map.of("max.processes", 2, "terminate.wait", "100ms"));
            await().atMost(SOON).until(() -> manager.settings().count(Setting.MAX_PROCESSES) == 2);

            assertThat(manager.settings()
                            .value(Setting.MAX_PROCESSES)
                            .orElseThrow()
                            .origin())
                    .isEqualTo(Origin.CONFIGURATION_ADMIN);
            assertThatThrownBy(() -> manager.spawn(SLEEP)).isInstanceOf(TooManyProcessesException.class);
            assertThat(lives(one.pid()) && lives(two.pid())).isTrue();
            assertThat(manager().instanceId()).isEqualTo(manager.instanceId());
        }
    }

    @Test
    public void aWrongValueIsRefusedAndAllStaysAsItWas() throws Exception {
        ProcessManager manager = manager();
        configure(Map.of("max.processes", 3));
        await().atMost(SOON).until(() -> manager.settings().count(Setting.MAX_PROCESSES) == 3);
        try (ManagedProcess process = manager.spawn(SLEEP)) {
            configure(Map.of("max.processes", 4, "kill.wait", "banana"));
            // Not the last change but the one after it shows that the wrong one was met and refused.
            configure(Map.of("max.processes", 3, "health.interval", "17s"));
            await().atMost(SOON)
                    .until(() ->
                            manager.settings().duration(Setting.HEALTH_INTERVAL).equals(Duration.ofSeconds(17)));

            assertThat(manager.settings().count(Setting.MAX_PROCESSES)).isEqualTo(3);
            assertThat(lives(process.pid())).isTrue();
        }
    }

    @Test
    public void anotherContainmentIsForNewProcessesOnly() throws Exception {
        assumeControlGroups();
        ProcessManager manager = manager();
        try (ManagedProcess before = manager.spawn(SLEEP)) {
            String group = ControlGroup.of(before.pid());
            configure(Map.of("containment", "supervision"));
            await().atMost(SOON).until(() -> manager.backend().containment().contains("launcher"));

            try (ManagedProcess after = manager.spawn(SLEEP)) {
                assertThat(ControlGroup.of(after.pid())).doesNotContain("pm." + manager.instanceId());
                assertThat(ControlGroup.of(before.pid())).isEqualTo(group).contains("pm." + manager.instanceId());
                assertThat(before.tree().nodes()).isNotEmpty();
            }
        }
    }

    @Test
    public void aContainmentThatCannotBeHadIsRefused() throws Exception {
        ProcessManager manager = manager();
        try (ManagedProcess process = manager.spawn(SLEEP)) {
            configure(Map.of("cgroup.root", "/nowhere", "max.processes", 7));
            configure(Map.of("health.interval", "18s"));
            await().atMost(SOON)
                    .until(() ->
                            manager.settings().duration(Setting.HEALTH_INTERVAL).equals(Duration.ofSeconds(18)));
            assertThat(lives(process.pid())).isTrue();
            assertThat(manager.settings().count(Setting.MAX_PROCESSES)).isEqualTo(100);
        }
    }

    @Test
    public void furtherManagersAreSeparate() throws Exception {
        Configuration builds = admin.getFactoryConfiguration("pm.manager", "builds", "?");
        builds.update(FrameworkUtil.asDictionary(Map.of("max.processes", 1)));
        ServiceReference<ProcessManager> further =
                await().atMost(SOON).until(() -> named("pm.manager~builds"), found -> found != null);
        ProcessManager manager = context.getService(further);

        assertThat(manager.instanceId()).isNotEqualTo(manager().instanceId());
        assertThat(manager.settings().count(Setting.MAX_PROCESSES)).isEqualTo(1);
        // Whoever does not say which one gets the default one.
        assertThat(reference().getProperty("pm.pid")).isEqualTo("pm");
        ManagedProcess ofFurther = manager.spawn(SLEEP);
        try (ManagedProcess ofDefault = manager().spawn(SLEEP)) {
            builds.delete();
            await().atMost(SOON).until(() -> named("pm.manager~builds") == null && !lives(ofFurther.pid()));
            assertThat(lives(ofDefault.pid())).isTrue();
        }
    }

    @Test
    public void wrongSettingsStopTheStart() throws Exception {
        Configuration wrong = admin.getFactoryConfiguration("pm.manager", "wrong", "?");
        wrong.update(FrameworkUtil.asDictionary(Map.of("max.processes", "many")));
        Configuration right = admin.getFactoryConfiguration("pm.manager", "right", "?");
        right.update(FrameworkUtil.asDictionary(Map.of()));
        await().atMost(SOON).until(() -> named("pm.manager~right") != null);

        assertThat(named("pm.manager~wrong")).isNull();
        // Mended, it starts.
        wrong.update(FrameworkUtil.asDictionary(Map.of("max.processes", "5")));
        await().atMost(SOON).until(() -> named("pm.manager~wrong") != null);
    }

    private ServiceReference<ProcessManager> named(String pid) throws InvalidSyntaxException {
        return context.getServiceReferences(ProcessManager.class, "(pm.pid=" + pid + ")").stream()
                .findFirst()
                .orElse(null);
    }
}
