package pm.tests.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pm.api.PmApi;

/** Every jar is at once an OSGi bundle, a JPMS module and a plain jar, and all name one version. */
class ArtifactIT {
    private static final Pattern EXPORT = Pattern.compile("(pm\\.[\\w.]+)[^,]*?;version=\"([^\"]+)\"");

    static List<Artifact> all() {
        return Artifact.all();
    }

    @Test
    void allModulesArePresent() {
        assertThat(all())
                .extracting(Artifact::name)
                .contains(
                        "pm.api",
                        "pm.core",
                        "pm.backend.posix",
                        "pm.backend.linux",
                        "pm.backend.linux.systemd",
                        "pm.backend.windows",
                        "pm.cli");
    }

    @ParameterizedTest
    @MethodSource("all")
    void isABundle(Artifact artifact) throws IOException {
        Attributes manifest = artifact.manifest();

        assertThat(manifest.getValue("Bundle-ManifestVersion")).isEqualTo("2");
        assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo(artifact.name());
        assertThat(manifest.getValue("Bundle-Version")).isEqualTo(PmApi.VERSION);
        assertThat(manifest.getValue("Bundle-License")).isEqualTo("Apache-2.0");
    }

    @ParameterizedTest
    @MethodSource("all")
    void isANamedModule(Artifact artifact) {
        ModuleDescriptor module = artifact.module();

        assertThat(module.isAutomatic()).isFalse();
        assertThat(module.name()).isEqualTo(artifact.name());
        assertThat(module.rawVersion()).contains(PmApi.VERSION);
    }

    @ParameterizedTest
    @MethodSource("all")
    void recordsTheApiThatItWasCompiledAgainst(Artifact artifact) {
        assertThat(artifact.module().requires())
                .filteredOn(required -> required.name().equals("pm.api"))
                .allSatisfy(
                        required -> assertThat(required.rawCompiledVersion()).contains(PmApi.VERSION));
    }

    /** Bundles have no qualified exports, so those of modules count like all others. */
    @ParameterizedTest
    @MethodSource("all")
    void exportsTheSamePackagesAsBundleAndAsModule(Artifact artifact) throws IOException {
        List<String> bundle =
                exports(artifact).map(match -> match.group(1)).sorted().toList();
        List<String> module = artifact.module().exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .sorted()
                .toList();

        assertThat(bundle).isEqualTo(module);
    }

    @ParameterizedTest
    @MethodSource("all")
    void exportsPackagesInTheVersionOfTheApi(Artifact artifact) throws IOException {
        assertThat(exports(artifact).map(match -> match.group(2))).allMatch(PmApi.VERSION::equals);
    }

    /** Callers may run on any later minor version; who implements the contract needs this one. */
    @ParameterizedTest
    @MethodSource("all")
    void implementersOfTheContractNeedItsMinorVersion(Artifact artifact) throws IOException {
        String imports = artifact.manifest().getValue("Import-Package");

        if (!artifact.name().equals("pm.api") && imports != null && imports.contains("pm.spi;")) {
            String[] api = PmApi.VERSION.split("\\.", -1);
            int next = Integer.parseInt(api[1]) + 1;
            String range = "[" + api[0] + "." + api[1] + "," + api[0] + "." + next + ")";
            assertThat(imports).contains("pm.spi;version=\"" + range + "\"");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void resolvesOnTheModulePath(Artifact artifact) {
        Configuration resolved = Configuration.resolveAndBind(
                ModuleFinder.of(artifact.file().getParent()),
                List.of(ModuleLayer.boot().configuration()),
                ModuleFinder.of(),
                Set.of(artifact.name()));

        assertThat(resolved.findModule(artifact.name())).isPresent();
    }

    @Test
    void theApiExportsBothContracts() throws IOException {
        Artifact api = all().stream()
                .filter(artifact -> artifact.name().equals("pm.api"))
                .findFirst()
                .orElseThrow();

        assertThat(exports(api).map(match -> match.group(1))).containsExactlyInAnyOrder("pm.api", "pm.spi");
    }

    /** Two builds of the same sources give the same bytes only when nothing tells of the build's moment or machine. */
    @ParameterizedTest
    @MethodSource("all")
    void tellsNothingOfItsBuild(Artifact artifact) throws IOException {
        assertThat(artifact.manifest().keySet())
                .extracting(Object::toString)
                .doesNotContain("Bnd-LastModified", "Build-Jdk", "Build-Jdk-Spec", "Built-By", "Created-By", "Tool");
        try (JarFile jar = new JarFile(artifact.file().toFile())) {
            assertThat(jar.stream().map(JarEntry::getTimeLocal).distinct()).hasSize(1);
        }
    }

    private static Stream<MatchResult> exports(Artifact artifact) throws IOException {
        String header = artifact.manifest().getValue("Export-Package");
        Matcher matcher = EXPORT.matcher(header == null ? "" : header);
        return matcher.results().toList().stream();
    }
}
