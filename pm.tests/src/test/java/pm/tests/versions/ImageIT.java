package pm.tests.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pm.api.PmApi;
import pm.tests.versions.Fixture.Kind;
import pm.tests.versions.Jvms.Output;

/** A run-time image with pm and a program inside: no module path, no class path, and nothing but the folder of the image. */
class ImageIT {
    @Test
    void aProgramInAnImageSpawns(@TempDir Path folder) throws Exception {
        Fixture program = new Fixture(Kind.CONSUMER, PmApi.VERSION);
        Path image = folder.resolve("image");

        link(ReactorJars.path(ReactorJars.all(), program.jar()), image);

        try (Jvms jvms = new Jvms()) {
            Output output = jvms.java(image, "-m", "fixture.consumer/fixture.consumer.Consumer");
            assertThat(output.text()).contains("true: exit code 0", "backend: linux");
            assertThat(output.status()).isZero();
        }
    }

    private static void link(String modulePath, Path image) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        out,
                        out,
                        "--module-path",
                        modulePath,
                        "--add-modules",
                        "fixture.consumer,pm.core,pm.backend.linux,org.slf4j.nop",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        image.toString());
        assertThat(status).as("jlink said: %s", said).isZero();
    }
}
