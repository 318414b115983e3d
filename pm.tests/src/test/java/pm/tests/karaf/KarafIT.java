package pm.tests.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import pm.tests.hostile.Marks;

/** pm in Karaf, installed as its documentation says, without any network. */
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4 asks for a security manager")
class KarafIT {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("pm.root"), "pm.distribution", "target");
    private static final String VERSION = System.getProperty("pm.version");
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(60);

    private final String mark = Marks.fresh();

    @TempDir
    private Path base;

    /** A newcomer drops one file into a folder, and uses pm from the shell. */
    @Test
    void oneFileInTheDeployFolderIsEnough() throws Exception {
        Path archive = DISTRIBUTION.resolve("pm.distribution-" + VERSION + ".kar");
        try (Karaf karaf = Karaf.deploying(base, archive)) {
            awaitPm(karaf);

            assertThat(karaf.shell("bundle:list -t 0 -s | grep pm.").lines())
                    .filteredOn(line -> line.contains(" " + VERSION + " "))
                    .hasSize(6)
                    .allMatch(line -> line.contains(" Active "));
            String said = karaf.shell(
                    "pm:doctor | cat", "pm:run echo hello | cat", "pm:spawn " + detachingTree(), "pm:ps | cat");
            assertThat(said).containsPattern("backend +linux: highest ranking");
            assertThat(said).contains("hello\n").contains("EXITED, exit code 0, ended 0, nothing left");

            await().atMost(SOON).until(() -> Marks.alive(mark).size() == 2);
            long leader = Marks.alive(mark).stream().min(Long::compare).orElseThrow();
            assertThat(said.lines()).anyMatch(line -> line.contains(" " + leader + " ") && line.contains(mark));

            karaf.shell("system:shutdown -f");
            karaf.awaitEnd();
            assertThat(Marks.alive(mark)).isEmpty();
        }
    }

    /** The features of a Maven repository; and the configuration is a file of Karaf's. */
    @Test
    void theFeatureIsInstalledConfiguredAndRemoved() throws Exception {
        try (Karaf karaf = Karaf.withRepository(base, DISTRIBUTION.resolve("kar/repository"))) {
            awaitShell(karaf);
            Files.writeString(base.resolve("etc/pm.cfg"), "max.processes = 7\n");

            karaf.shell(
                    "feature:repo-add mvn:pm/pm.distribution/" + VERSION + "/xml/features",
                    "feature:install -r pm-linux");
            await().atMost(SOON).untilAsserted(() -> assertThat(karaf.shell("pm:doctor | cat"))
                    .contains("0 of at most 7"));

            karaf.shell("pm:spawn " + detachingTree());
            await().atMost(SOON).until(() -> Marks.alive(mark).size() == 2);

            assertThat(karaf.shell("feature:uninstall -r pm-linux", "feature:list -i | grep pm"))
                    .isBlank();
            assertThat(Marks.alive(mark)).isEmpty();
            assertThat(karaf.isAlive()).isTrue();
        }
    }

    @Test
    void aKilledKarafTakesItsTreesAlong() throws Exception {
        try (Karaf karaf = Karaf.deploying(base, DISTRIBUTION.resolve("pm.distribution-" + VERSION + ".kar"))) {
            awaitPm(karaf);
            karaf.shell("pm:spawn " + detachingTree());
            await().atMost(SOON).until(() -> Marks.alive(mark).size() == 2);
            List<Long> launchers = Marks.launchersOf(karaf.pid());

            karaf.kill();

            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> Marks.alive(mark).isEmpty());
            assertThat(launchers).isNotEmpty();
            await().atMost(SOON).until(() -> launchers.stream().noneMatch(Marks::lives));
        }
    }

    /** In a form that Gogo hands on as it is. */
    private String detachingTree() {
        return "sh -c 'trap \"\" TERM; : " + mark + "; setsid sh -c \"trap : TERM; : " + mark
                + "; while :; do sleep 1; done\" & while :; do sleep 1; done'";
    }

    private static void awaitShell(Karaf karaf) {
        await().atMost(BOOT).until(() -> karaf.shell("echo shell is ready").contains("shell is ready"));
    }

    /** Installing JNA renews Karaf's shell, since JLine can use it: until it is done, sessions break off. */
    private static void awaitPm(Karaf karaf) {
        await().atMost(BOOT).failFast("Karaf ended", () -> !karaf.isAlive()).until(() -> karaf.shell("pm:stats | cat")
                .contains("active"));
    }
}
