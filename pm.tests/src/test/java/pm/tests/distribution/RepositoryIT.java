package pm.tests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** The repository for resolvers: its index says of every bundle what the bundle says of itself. */
class RepositoryIT {
    static List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.list(Distribution.REPOSITORY)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void holdsOurBundlesInTheVersionOfPm() throws IOException {
        assertThat(bundles())
                .extracting(bundle -> bundle.getFileName().toString())
                .filteredOn(name -> name.startsWith("pm."))
                .allMatch(name -> name.endsWith("-" + Distribution.VERSION + ".jar"))
                .extracting(name -> name.substring(0, name.length() - ("-" + Distribution.VERSION + ".jar").length()))
                .containsExactlyInAnyOrder(
                        "pm.api",
                        "pm.core",
                        "pm.osgi",
                        "pm.backend.posix",
                        "pm.backend.linux",
                        "pm.backend.linux.systemd",
                        "pm.backend.macos",
                        "pm.backend.windows");
    }

    @Test
    void indexesAllThatIsThereAndNothingElse() throws Exception {
        Element index = Xml.read(Distribution.REPOSITORY.resolve("index.xml"));
        Set<String> indexed = Xml.below(index, "resource")
                .flatMap(resource -> value(resource, "osgi.content", "url").stream())
                // bnd's notes on the versions inside a multi-release jar.
                .filter(url -> !url.startsWith("urn:osgi-bnd-mrj:"))
                .collect(Collectors.toSet());

        assertThat(indexed)
                .containsExactlyInAnyOrderElementsOf(bundles().stream()
                        .map(bundle -> bundle.getFileName().toString())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void indexesEachBundle(Path bundle) throws Exception {
        Element resource = resource(bundle);
        Attributes manifest = manifest(bundle);

        assertThat(value(resource, "osgi.identity", "osgi.identity")).contains(symbolicName(manifest));
        assertThat(value(resource, "osgi.identity", "version")).contains(manifest.getValue("Bundle-Version"));
        // A reader finds the file beside the index, and knows it by its digest.
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(bundle));
        assertThat(value(resource, "osgi.content", "osgi.content").map(text -> text.toLowerCase(Locale.ROOT)))
                .contains(HexFormat.of().formatHex(digest));
    }

    @Test
    void saysWhatResolversNeedToKnowOfUs() throws Exception {
        assertThat(capabilities("pm.api")).contains("osgi.wiring.package pm.api", "osgi.wiring.package pm.spi");
        assertThat(capabilities("pm.core")).contains("osgi.service [pm.api.ProcessManager]");
        assertThat(capabilities("pm.backend.linux")).contains("osgi.service [pm.spi.BackendProvider]");
        assertThat(Xml.below(resource(ours("pm.backend.linux")), "requirement"))
                .anyMatch(requirement -> requirement.getAttribute("namespace").equals("osgi.native"));
    }

    private static List<String> capabilities(String name) throws Exception {
        return Xml.below(resource(ours(name)), "capability")
                .map(capability -> capability.getAttribute("namespace") + " "
                        + value(capability, capability.getAttribute("namespace"))
                                .or(() -> value(capability, "objectClass").map(classes -> "[" + classes + "]"))
                                .orElse(""))
                .toList();
    }

    private static Path ours(String name) {
        return Distribution.REPOSITORY.resolve(name + "-" + Distribution.VERSION + ".jar");
    }

    private static Element resource(Path bundle) throws Exception {
        return Xml.below(Xml.read(Distribution.REPOSITORY.resolve("index.xml")), "resource")
                .filter(resource -> value(resource, "osgi.content", "url")
                        .equals(Optional.of(bundle.getFileName().toString())))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> value(Element resource, String namespace, String attribute) {
        return Xml.below(resource, "capability")
                .filter(capability -> capability.getAttribute("namespace").equals(namespace))
                .findFirst()
                .flatMap(capability -> value(capability, attribute));
    }

    private static Optional<String> value(Element capability, String attribute) {
        return Xml.below(capability, "attribute")
                .filter(element -> element.getAttribute("name").equals(attribute))
                .map(element -> element.getAttribute("value"))
                .findFirst();
    }

    private static Attributes manifest(Path bundle) throws IOException {
        try (JarFile jar = new JarFile(bundle.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    private static String symbolicName(Attributes manifest) {
        return manifest.getValue("Bundle-SymbolicName").split(";", -1)[0];
    }
}
