package pm.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each bundle says how to integrate it. */
class ReadmesTest {
    @Test
    void everyBundleHasAReadme() {
        List<Path> bundles = Repository.productModules().stream()
                .filter(module -> Files.exists(module.resolve("bnd.bnd")))
                .toList();

        assertThat(bundles).hasSizeGreaterThanOrEqualTo(6).allSatisfy(bundle -> assertThat(bundle.resolve("README.md"))
                .isNotEmptyFile());
    }
}
