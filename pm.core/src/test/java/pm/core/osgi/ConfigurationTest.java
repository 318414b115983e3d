package pm.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pm.api.EffectiveSettings.Origin;
import pm.api.Setting;

class ConfigurationTest {
    @Test
    void withoutConfigurationItIsThatOfTheDefaultManager() {
        Configuration configuration = new Configuration(Map.of("component.name", "x", "component.id", 5L));
        assertThat(configuration.pid()).isEqualTo("pm");
        assertThat(configuration.ranking()).isZero();
    }

    @Test
    void aFurtherManagerStandsBehindTheDefaultOneUnlessItIsSaid() {
        Map<String, Object> properties = Map.of("service.pid", List.of("pm.manager", "pm.manager~builds"));
        assertThat(new Configuration(properties).pid()).isEqualTo("pm.manager~builds");
        assertThat(new Configuration(properties).ranking()).isNegative();
        assertThat(new Configuration(Map.of("service.pid", "pm.manager~x", "service.ranking", 7)).ranking())
                .isEqualTo(7);
    }

    @Test
    void whatIsTheContainersIsNotTakenForAMisspeltSetting() {
        var reading = new Configuration(Map.of(
                        "service.pid", "pm",
                        "component.name", "pm.core.osgi.DefaultComponent",
                        "felix.fileinstall.filename", "pm.cfg",
                        "max.processes", 7,
                        "jmx", false))
                .read();
        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.effective().count(Setting.MAX_PROCESSES)).isEqualTo(7);
        assertThat(reading.effective().flag(Setting.JMX)).isFalse();
        assertThat(reading.effective().value(Setting.JMX).orElseThrow().origin())
                .isEqualTo(Origin.CONFIGURATION_ADMIN);
    }

    @Test
    void aMisspeltSettingIsAWarning() {
        assertThat(new Configuration(Map.of("max.proceses", 7)).read().warnings())
                .singleElement()
                .asString()
                .contains("max.processes");
    }
}
