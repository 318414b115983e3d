package pm.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

class HangCheckTest {
    @Test
    @SpawnsBehindPm("the JVM that is ended must be another one")
    void aRunThatHangsIsEndedAndSaysWhere() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HangCheckTest.class.getName())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // Else this test would hang when the check does not work. What is said fits into the pipe.
            assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).as("ended").isTrue();
            String said = new String(jvm.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(jvm.exitValue()).isEqualTo(124);
            assertThat(said).contains("nothing happened in the tests", "Hangs.hangs(HangCheckTest.java");
        } finally {
            jvm.destroyForcibly().waitFor();
        }
    }

    /** The JVM that is ended. */
    public static void main(String[] none) {
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter(HangCheck.LIMIT, "PT0.5S")
                .selectors(selectClass(Hangs.class))
                .execute();
    }

    @ExtendWith(HangCheck.class)
    static class Hangs {
        /** As deaf to interrupts as a native call. */
        @Test
        @SuppressWarnings("InfiniteLoopStatement")
        void hangs() {
            while (true) {
                LockSupport.park();
            }
        }
    }
}
