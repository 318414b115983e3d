package pm.core.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import pm.api.AlertKind;
import pm.api.ProcessEvent.Warned;
import pm.api.Setting;
import pm.api.Settings;
import pm.core.events.RecordingSink;
import pm.core.events.SampleEvents;

/** Through the platform's MBean server, as a console sees it. */
class JmxRegistrationTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final String id = UUID.randomUUID().toString();
    private final ObjectName name = JmxRegistration.nameOf(id);
    private final RecordingSink out = new RecordingSink();

    private FixedManager manager;

    private JmxRegistration register(Settings settings) {
        manager = new FixedManager(id, settings);
        return JmxRegistration.of(
                manager, new JmxSources(manager::health, () -> Set.of(AlertKind.ZOMBIE), () -> 12), out);
    }

    @Test
    void isThereFromRegistrationUntilClose() {
        JmxRegistration registration = register(Settings.none());
        assertThat(name).hasToString("pm:type=ProcessManager,instance=" + id);
        assertThat(server.isRegistered(name)).isTrue();

        registration.close();
        registration.close();

        assertThat(server.isRegistered(name)).isFalse();
        assertThat(out.events()).isEmpty();
    }

    @Test
    void showsWhatTheManagerTells() {
        try (JmxRegistration registration = register(Settings.none().with(Setting.MAX_PROCESSES, 7))) {
            ProcessManagerMXBean bean = JMX.newMXBeanProxy(server, name, ProcessManagerMXBean.class);

            assertThat(bean.getInstanceId()).isEqualTo(id);
            assertThat(bean.getBackend()).isEqualTo("linux");
            assertThat(bean.getRefusedBackends()).containsEntry("other", "wrong system; no library");
            assertThat(bean.getSettings()).containsEntry("max.processes", "7 (CODE)");
            assertThat(bean.getCapabilities()).containsKey("memory");
            assertThat(bean.getHealth()).isEqualTo("WARNING");
            assertThat(bean.getHealthChecks()).containsEntry("guard", "WARNING: is being restarted");
            assertThat(bean.getAlerts()).containsExactly("ZOMBIE");
            assertThat(bean.getActive()).isEqualTo(3);
            assertThat(bean.getSpawned()).isEqualTo(7);
            assertThat(bean.getSpawnFailures()).containsEntry("SpawnException", 2L);
            assertThat(bean.getExits()).containsEntry("EXITED", 4L);
            assertThat(bean.getTimeouts()).containsEntry("IDLE", 1L);
            assertThat(bean.getLimitViolations()).containsEntry("MEMORY", 5L);
            assertThat(bean.getCleanupFailures()).isEqualTo(6);
            assertThat(bean.getEscalationSteps()).containsEntry("KILL", 8L);
            assertThat(bean.getErrorsInLastTenMinutes()).containsEntry("CleanupFailed", 10L);
            assertThat(bean.getErrorsInLastHour()).containsEntry("CleanupFailed", 20L);
            assertThat(bean.getErrors()).containsEntry("CleanupFailed", 30L);
            assertThat(bean.getSpawnLatency()).isEqualTo(new LatencyView(4, 10, 5, 2.5, 5));
            assertThat(bean.getDroppedEvents()).isEqualTo(12);
            assertThat(registration).isNotNull();
        }
    }

    @Test
    void activeProcessesAreShownMasked() {
        try (JmxRegistration registration = register(Settings.none())) {
            assertThat(registration).isNotNull();
            assertThat(JMX.newMXBeanProxy(server, name, ProcessManagerMXBean.class)
                            .getActiveProcesses())
                    .containsExactly(new ProcessView(
                            "p1",
                            4711,
                            "login --token ***",
                            "nightly",
                            SampleEvents.TIME.toString(),
                            Map.of("processes", 7L)));
        }
    }

    @Test
    void everyAttributeCanBeReadByAClientThatHasNoneOfOurClasses() throws JMException {
        try (JmxRegistration registration = register(Settings.none())) {
            assertThat(registration).isNotNull();
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                Object value = server.getAttribute(name, attribute.getName());

                assertThat(value).as(attribute.getName()).isNotNull();
                assertThat(value.getClass().getName()).as(attribute.getName()).doesNotStartWith("pm.");
                assertThat(attribute.isWritable()).as(attribute.getName()).isFalse();
            }
        }
    }

    @Test
    void hasNoOperationsUnlessControlIsOn() throws JMException {
        try (JmxRegistration registration = register(Settings.none())) {
            assertThat(registration).isNotNull();
            assertThat(server.getMBeanInfo(name).getOperations()).isEmpty();
        }
        try (JmxRegistration registration = register(Settings.none().with(Setting.JMX_CONTROL, true))) {
            assertThat(registration).isNotNull();
            assertThat(server.getMBeanInfo(name).getOperations())
                    .extracting(operation -> operation.getName())
                    .containsExactlyInAnyOrder("stop", "kill");
            var bean = JMX.newMXBeanProxy(server, name, ProcessManagerControlMXBean.class);
            assertThat(bean.stop("nosuch")).isFalse();
            assertThat(manager.process.asked()).doesNotContain("stop", "kill");
            assertThat(bean.stop("p1")).isTrue();
            assertThat(bean.kill("p1")).isTrue();
            assertThat(manager.process.asked()).contains("stop", "kill");
        }
    }

    @Test
    void isNotThereWhenJmxIsOff() {
        try (JmxRegistration registration = register(Settings.none().with(Setting.JMX, false))) {
            assertThat(registration).isNotNull();
            assertThat(server.isRegistered(name)).isFalse();
        }
        assertThat(out.events()).isEmpty();
    }

    /** Without it every attribute fails as soon as pm.core is on the module path. */
    @Test
    void mbeanServerMayCallTheInterfacesOnTheModulePath() throws Exception {
        Path classes = Path.of(JmxRegistration.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor core =
                ModuleFinder.of(classes).find("pm.core").orElseThrow().descriptor();

        assertThat(core.exports())
                .anyMatch(exports -> exports.source().equals("pm.core.jmx") && !exports.isQualified());
    }

    @Test
    void failureIsAWarningAndSparesTheOther() {
        try (JmxRegistration first = register(Settings.none())) {
            register(Settings.none()).close();

            assertThat(out.of(Warned.class)).singleElement().satisfies(warning -> assertThat(warning.message())
                    .contains("Could not register", id));
            assertThat(server.isRegistered(name)).isTrue();
            assertThat(first).isNotNull();
        }
    }
}
