package pm.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Checks the workflow files for hosted runners: they are YAML, have the form of workflows, and name modules and tests that exist. */
class WorkflowsTest {
    private static final Pattern MODULES = Pattern.compile(" -pl (\\S+)");
    private static final Pattern TESTS = Pattern.compile(" -Dtest='?([\\w,]+)");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Repository.root().resolve(".github/workflows"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).toList();
        }
    }

    @Test
    void eachSystemHasOne() throws IOException {
        assertThat(workflows())
                .extracting(file -> file.getFileName().toString())
                .contains("linux.yml", "windows.yml", "macos.yml");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void eachJobRunsSomethingSomewhere(Path file) throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Map<?, ?> workflow = new Yaml(new SafeConstructor(strict)).load(Files.readString(file));

        // YAML 1.1 takes the key "on" for a truth value, as GitHub does not.
        assertThat(workflow.containsKey("on") || workflow.containsKey(true)).isTrue();
        assertThat(map(workflow.get("jobs"))).isNotEmpty().allSatisfy((name, job) -> {
            assertThat(map(job).get("runs-on")).isNotNull();
            assertThat(map(job).get("timeout-minutes")).isInstanceOf(Integer.class);
            assertThat((List<?>) map(job).get("steps")).isNotEmpty().allSatisfy(step -> assertThat(
                            map(step).containsKey("uses"))
                    .as(step::toString)
                    .isNotEqualTo(map(step).containsKey("run")));
        });
    }

    @Test
    void theWholeSuiteRunsOnLinux() throws IOException {
        assertThat(Files.readString(Repository.root().resolve(".github/workflows/linux.yml")))
                .contains("run: ./test\n", "run: ./test quick\n");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void modulesAndTestsOfItsCommandsExist(Path file) throws IOException {
        String text = Files.readString(file);
        Matcher modules = MODULES.matcher(text);
        while (modules.find()) {
            assertThat(modules.group(1).split(",", -1))
                    .allSatisfy(module -> assertThat(Repository.root().resolve(module + "/pom.xml"))
                            .exists());
        }
        Matcher tests = TESTS.matcher(text);
        while (tests.find()) {
            assertThat(sourceNames()).containsAll(Arrays.asList(tests.group(1).split(",", -1)));
        }
    }

    private static List<String> sourceNames() throws IOException {
        try (Stream<Path> files = Files.walk(Repository.root().resolve("pm.backend.macos/src/test/java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
        }
    }

    private static Map<?, ?> map(Object node) {
        return (Map<?, ?>) node;
    }
}
