package pm.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.module.ModuleDescriptor;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pm.api.IncompatibleApiException;
import pm.api.PmApi;
import pm.api.Settings;
import pm.spi.ManagerProvider.OpenRequest;

class CallerCheckTest {
    private static OpenRequest request(String version) {
        return new OpenRequest(version, CallerCheckTest.class, Settings.none());
    }

    @Test
    void callerOfTheInstalledVersionIsServed() {
        assertThatCode(() -> new CallerCheck().check(request(PmApi.VERSION))).doesNotThrowAnyException();
    }

    @Test
    void callerOfAnotherMajorVersionIsRefusedWithBothVersionsAndItsPlace() {
        String place = CallerCheckTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();

        assertThatThrownBy(() -> new CallerCheck().check(request("99.0.0")))
                .isInstanceOf(IncompatibleApiException.class)
                .hasMessageContainingAll("99.0.0", PmApi.installedVersion(), CallerCheckTest.class.getName(), place);
    }

    @Test
    void coreThatWasCompiledAgainstAnotherMinorVersionIsRefused() {
        assertThatThrownBy(() -> new CallerCheck("1.99.0").check(request(PmApi.VERSION)))
                .isInstanceOf(IncompatibleApiException.class)
                .hasMessageContainingAll("pm.core", PmApi.VERSION, "1.99.0");
    }

    @Test
    void recordedVersionIsTheOneOfRequiresPmApi() {
        ModuleDescriptor app = ModuleDescriptor.newModule("app")
                .requires(Set.of(), "other", ModuleDescriptor.Version.parse("7.0.0"))
                .requires(Set.of(), "pm.api", ModuleDescriptor.Version.parse("1.2.3"))
                .build();

        assertThat(CallerCheck.recorded(app)).contains("1.2.3");
    }

    @Test
    void withoutModuleOrRecordThereIsNoRecordedVersion() {
        assertThat(CallerCheck.recorded(null)).isEmpty();
        assertThat(CallerCheck.recorded(
                        ModuleDescriptor.newModule("app").requires("pm.api").build()))
                .isEmpty();
    }
}
