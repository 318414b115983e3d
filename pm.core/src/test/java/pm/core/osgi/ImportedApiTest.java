package pm.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

class ImportedApiTest {
    private static final String BUNDLE = "app 7.0.0 (file:/app.jar)";

    private static boolean served(String header, String... installed) {
        return ImportedApi.of(header)
                .refusal(BUNDLE, List.of(installed).stream().map(Version::new).toList())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0.9,1)   | false",
                "[1.0,2)   | true",
                "[1.1,2)   | false",
                "[2.0,3)   | false",
                "[0.9,0.10)| false",
                "[1.0,1.1) | true",
                "[1.1,1.2) | false",
                "1.0       | true",
            })
    void goesByTheRange(String range, boolean fits) {
        assertThat(served("pm.api;version=\"" + range + "\"", "1.0.0")).isEqualTo(fits);
    }

    @Test
    void everyOneOfOurPackagesMustFit() {
        assertThat(served("pm.api;version=\"[1.0,2)\",pm.spi;version=\"[1.0,1.1)\"", "1.2.0"))
                .isFalse();
        assertThat(served("pm.api;version=\"[1.0,2)\",pm.spi;version=\"[1.0,1.1)\"", "1.0.3"))
                .isTrue();
    }

    /** Several APIs side by side: the framework wires each bundle to the one that fits it. */
    @Test
    void oneInstalledApiThatFitsIsEnough() {
        assertThat(served("pm.api;version=\"[2.0,3)\"", "1.0.0", "2.1.0")).isTrue();
    }

    @Test
    void readsHeadersOfEveryForm() {
        String header = "java.util , com.acme;version=\"[1,2)\";x=\"a,pm.spi;b\\\"c\" , pm.api ; pm.spi ; "
                + "uses:=\"pm.spi\"; version = \"[1.0,2)\" ,pm.api.other;version=\"[9,10)\"";

        assertThat(ImportedApi.of(header).ranges())
                .hasSize(2)
                .containsEntry("pm.api", new VersionRange("[1.0,2)"))
                .containsEntry("pm.spi", new VersionRange("[1.0,2)"));
        assertThat(ImportedApi.of("pm.api").ranges()).containsEntry("pm.api", new VersionRange("0"));
    }

    @Test
    void whatItCanDoWithoutIsNoReason() {
        assertThat(ImportedApi.of("pm.api;resolution:=optional;version=\"[2.0,3)\"")
                        .ranges())
                .isEmpty();
        assertThat(ImportedApi.of("pm.core.jmx;version=\"[2.0,3)\"").ranges()).isEmpty();
        assertThat(ImportedApi.of(null).ranges()).isEmpty();
    }

    @Test
    void theMessageHasBothVersionsAndTheJar() {
        assertThat(ImportedApi.of("pm.api;version=\"[2.0,3.0)\"").refusal(BUNDLE, List.of(new Version("1.0.0"))))
                .hasValue("Could not resolve a bundle: app 7.0.0 (file:/app.jar) was compiled against pm.api"
                        + " [2.0.0,3.0.0), installed is pm.api 1.0.0, which is out of that range; install a build of"
                        + " the bundle that fits it, or the pm that the bundle was made for");
    }
}
