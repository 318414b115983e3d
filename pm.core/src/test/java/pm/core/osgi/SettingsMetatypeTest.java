package pm.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import pm.api.Setting;

class SettingsMetatypeTest {
    /** DS 1.4, 112.8.2.1: an underscore stands for a full stop. */
    private static String key(Method attribute) {
        return attribute.getName().replace('_', '.');
    }

    @Test
    void everySettingIsAnAttributeAndNoneHasADefault() {
        Method[] attributes = SettingsMetatype.class.getDeclaredMethods();
        assertThat(Arrays.stream(attributes).map(SettingsMetatypeTest::key))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Setting.values()).map(Setting::key).toList());
        assertThat(attributes)
                .allSatisfy(attribute -> assertThat(attribute.getDefaultValue()).isNull());
    }
}
