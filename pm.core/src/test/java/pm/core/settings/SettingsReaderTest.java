package pm.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import pm.api.EffectiveSettings;
import pm.api.EffectiveSettings.Origin;
import pm.api.InvalidSettingsException;
import pm.api.Setting;
import pm.api.Settings;

class SettingsReaderTest {
    private static final Settings CODE = Settings.none();

    private static SettingsReader.Reading read(
            Settings code, Map<String, String> environment, Map<String, String> properties, Map<String, ?> admin) {
        Properties systemProperties = new Properties();
        systemProperties.putAll(properties);
        return SettingsReader.read(code, environment, systemProperties, admin);
    }

    @Test
    void everySettingWithADefaultHasItWhenNothingIsSet() {
        EffectiveSettings settings = read(CODE, Map.of(), Map.of(), Map.of()).effective();

        assertThat(settings.count(Setting.MAX_PROCESSES)).isEqualTo(100);
        assertThat(settings.duration(Setting.DEFAULT_TIMEOUT)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.duration(Setting.CLEANUP_INTERVAL)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.duration(Setting.GRACEFUL_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.count(Setting.ALERT_ACTIVE)).isEqualTo(50);
        for (Setting setting : Setting.values()) {
            assertThat(settings.value(setting).map(EffectiveSettings.Value::text))
                    .isEqualTo(setting.defaultText());
            settings.value(setting)
                    .ifPresent(value -> assertThat(value.origin()).isEqualTo(Origin.DEFAULT));
        }
    }

    @Test
    void laterOriginsGoBeforeEarlierOnes() {
        Map<String, String> environment = Map.of("PM_MAX_PROCESSES", "1");
        Map<String, String> properties = Map.of("pm.max.processes", "2");
        Map<String, ?> admin = Map.of("max.processes", 3);
        Settings code = Settings.none().with(Setting.MAX_PROCESSES, 4);

        assertMost(read(CODE, environment, Map.of(), Map.of()), 1, Origin.ENVIRONMENT);
        assertMost(read(CODE, environment, properties, Map.of()), 2, Origin.SYSTEM_PROPERTY);
        assertMost(read(CODE, environment, properties, admin), 3, Origin.CONFIGURATION_ADMIN);
        assertMost(read(code, environment, properties, admin), 4, Origin.CODE);
    }

    private static void assertMost(SettingsReader.Reading reading, int most, Origin origin) {
        assertThat(reading.effective().count(Setting.MAX_PROCESSES)).isEqualTo(most);
        assertThat(reading.effective()
                        .value(Setting.MAX_PROCESSES)
                        .orElseThrow()
                        .origin())
                .isEqualTo(origin);
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void everySettingIsReadUnderItsThreeNames() {
        for (Setting setting : Setting.values()) {
            String text = example(setting);

            assertThat(read(CODE, Map.of(setting.variable(), text), Map.of(), Map.of())
                            .effective()
                            .value(setting))
                    .hasValueSatisfying(value -> assertThat(value.origin()).isEqualTo(Origin.ENVIRONMENT));
            assertThat(read(CODE, Map.of(), Map.of(setting.property(), text), Map.of())
                            .effective()
                            .value(setting))
                    .hasValueSatisfying(value -> assertThat(value.origin()).isEqualTo(Origin.SYSTEM_PROPERTY));
            assertThat(read(CODE, Map.of(), Map.of(), Map.of(setting.key(), text))
                            .effective()
                            .value(setting))
                    .hasValueSatisfying(value -> assertThat(value.origin()).isEqualTo(Origin.CONFIGURATION_ADMIN));
        }
    }

    private static String example(Setting setting) {
        return switch (setting.type()) {
            case COUNT -> "7";
            case DURATION, POSITIVE_DURATION -> "7s";
            case FLAG -> "true";
            case TEXT -> "seven";
            case CONTAINMENT -> "systemd";
            case SHUTDOWN -> "caller";
            case ABSOLUTE_PATH -> Path.of("seven").toAbsolutePath().toString();
        };
    }

    @Test
    void oneExceptionTellsEveryFaultWithItsOriginAndWhatIsAllowed() {
        Settings code = Settings.none().with(Setting.KILL_WAIT, Duration.ofSeconds(-1));
        Map<String, String> environment = Map.of("PM_MAX_PROCESSES", "many", "PM_DEFAULT_TIMEOUT", "0");
        Map<String, String> properties = Map.of("pm.jmx", "perhaps", "pm.containment", "bogus");
        Map<String, ?> admin = Map.of("cgroup.root", "not/absolute");

        InvalidSettingsException thrown =
                catchThrowableOfType(InvalidSettingsException.class, () -> read(code, environment, properties, admin));

        assertThat(thrown.faults())
                .containsExactlyInAnyOrder(
                        "max.processes = 'many' (environment variable PM_MAX_PROCESSES): use a whole number from 1 to"
                                + " 1000000",
                        "default.timeout = '0' (environment variable PM_DEFAULT_TIMEOUT): use a duration above zero such"
                                + " as 500ms, 10s or 2m",
                        "jmx = 'perhaps' (system property pm.jmx): use true or false",
                        "containment = 'bogus' (system property pm.containment): use auto, cgroup, systemd or"
                                + " supervision",
                        "cgroup.root = 'not/absolute' (Configuration Admin key cgroup.root): use an absolute path",
                        "kill.wait = 'PT-1S' (set in code): use a duration such as 500ms, 10s or 2m");
        assertThat(thrown).hasMessageContainingAll(thrown.faults().toArray(new String[0]));
    }

    @Test
    void aWrongValueIsAFaultAlsoWhereAnotherOverridesIt() {
        Settings code = Settings.none().with(Setting.MAX_PROCESSES, 4);

        InvalidSettingsException thrown = catchThrowableOfType(
                InvalidSettingsException.class, () -> read(code, Map.of("PM_MAX_PROCESSES", ""), Map.of(), Map.of()));

        assertThat(thrown.faults()).hasSize(1);
    }

    @Test
    void misspeltNamesAreWarnings() {
        assertThat(read(CODE, Map.of("PM_MAX_PROCESES", "5"), Map.of(), Map.of())
                        .warnings())
                .containsExactly("Could not use environment variable PM_MAX_PROCESES: there is no such setting; did you"
                        + " mean PM_MAX_PROCESSES?");
        assertThat(read(CODE, Map.of("PM_MX_PROCESES", "5"), Map.of(), Map.of()).warnings())
                .as("two slips")
                .hasSize(1);
        assertThat(read(CODE, Map.of("PM_MX_PROCESE", "5"), Map.of(), Map.of()).warnings())
                .as("three slips")
                .isEmpty();
        assertThat(read(CODE, Map.of("pm_backend", "linux"), Map.of(), Map.of()).warnings())
                .hasSize(1);
        assertThat(read(CODE, Map.of(), Map.of("pm.maxProcesses", "5"), Map.of())
                        .warnings())
                .hasSize(1);
        assertThat(read(CODE, Map.of(), Map.of(), Map.of("grace.timeout", "5s")).warnings())
                .isEmpty();
        assertThat(read(CODE, Map.of(), Map.of(), Map.of("gracefull.timeout", "5s"))
                        .warnings())
                .hasSize(1);
    }

    @Test
    void namesOfOthersAndOurOwnMarksAreNoWarnings() {
        Map<String, String> environment = Map.of(
                "PM_INSTANCE_ID", "a", "PM_PROCESS_ID", "b", "PM_TEST_SESSION", "c", "BACKEND", "d", "PMJMX", "e");
        Map<String, String> properties = Map.of("pm.root", "/", "pm.version", "1", "user.name", "x", "jmx", "x");
        Map<String, ?> admin = Map.of("service.pid", "pm", "component.name", "pm", "felix.fileinstall.filename", "f");

        assertThat(read(CODE, environment, properties, admin).warnings()).isEmpty();
    }
}
