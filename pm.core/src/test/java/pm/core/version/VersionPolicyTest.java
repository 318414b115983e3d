package pm.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.3, 1.2.3, true",
        "1.2.3, 1.2.4, true",
        "1.2.3, 1.3.0, true",
        "1.2.3, 1.2.2, false",
        "1.2.3, 1.1.9, false",
        "1.2.3, 2.2.3, false",
        "2.0.0, 1.9.9, false",
        "1.10.0, 1.9.0, false",
        "1.9.0, 1.10.0, true",
        "1.2.0-SNAPSHOT, 1.2.0, true",
        "1.2, 1.2.0, true",
        "1, 1.0.0, true",
    })
    void callersNeedTheSameMajorAndAtLeastTheirVersion(String compiled, String installed, boolean served) {
        assertThat(new VersionPolicy(installed).againstConsumer(compiled).isEmpty())
                .isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3, 1.2.3, true",
        "1.2.3, 1.2.0, true",
        "1.2.0, 1.2.3, true",
        "1.2.0, 1.3.0, false",
        "1.3.0, 1.2.0, false",
        "2.2.0, 1.2.0, false",
        "1.2.0.qualifier, 1.2.0, true",
    })
    void implementationsNeedTheSameMajorAndMinor(String compiled, String installed, boolean fits) {
        assertThat(new VersionPolicy(installed).againstProvider(compiled).isEmpty())
                .isEqualTo(fits);
    }

    @Test
    void refusalNamesBothVersions() {
        assertThat(new VersionPolicy("1.4.0").againstConsumer("2.1.0"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("2.1.0", "1.4.0"));
    }

    @Test
    void whatIsNoVersionIsRefused() {
        VersionPolicy policy = new VersionPolicy("1.4.0");

        assertThat(policy.againstConsumer("latest")).isPresent();
        assertThat(policy.againstConsumer("")).isPresent();
        assertThat(policy.againstConsumer(null)).isPresent();
        assertThat(policy.againstProvider("1.x")).isPresent();
    }
}
