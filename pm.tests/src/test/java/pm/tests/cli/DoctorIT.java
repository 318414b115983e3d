package pm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import pm.api.PmApi;
import pm.testing.ReadJson;

class DoctorIT {
    @Test
    void jsonForPrograms() throws Exception {
        PmProcess.Output output = PmProcess.run("doctor", "--json");
        Map<String, Object> found = ReadJson.object(output.outText());

        assertThat(output.status()).isZero();
        assertThat(output.err()).isEmpty();
        assertThat(found.get("backend")).asString().contains("name=linux", "reason=", "containment=", "refused=");
        assertThat(found.get("limits")).asString().contains("memory={level=", "cpus={level=", "processes={level=");
        assertThat(found.get("health")).asString().contains("guard=");
        assertThat(found.get("versions")).asString().contains("pm=" + PmApi.VERSION, "java=" + Runtime.version());
    }

    @Test
    void textForPeople() throws Exception {
        PmProcess.Output output = PmProcess.run("doctor");

        assertThat(output.status()).isZero();
        assertThat(output.outText())
                .containsPattern("(?m)^backend +linux: ")
                .containsPattern("(?m)^containment +\\S")
                .containsPattern("(?m)^memory +(enforced|approximated|unsupported): ")
                .containsPattern("(?m)^guard +ok: ")
                .containsPattern("(?m)^pm +" + PmApi.VERSION);
    }

    @Test
    void withoutABackendItSaysWhy() throws Exception {
        try (PmProcess pm = PmProcess.start(Map.of("PM_BACKEND", "nosuch"), "doctor", "--json")) {
            PmProcess.Output output = pm.end();

            assertThat(output.status()).isEqualTo(125);
            assertThat(ReadJson.object(output.outText()).get("error"))
                    .asString()
                    .contains("nosuch");
        }
    }
}
