package pm.tests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The Karaf features and the archive that holds them: what is named is there, and nothing else. */
class FeaturesIT {
    private static final Path KARAF = Path.of(System.getProperty("pm.root"), "pm.tests", "target", "karaf");
    private static final String IN_ARCHIVE = "repository/";

    @Test
    void namesFeaturesInTheVersionOfPm() throws Exception {
        assertThat(Xml.below(Xml.read(Distribution.FEATURES), "feature").filter(FeaturesIT::isDefinition))
                .isNotEmpty()
                .allMatch(feature -> feature.getAttribute("version").equals(Distribution.VERSION))
                .extracting(feature -> feature.getAttribute("name"))
                .containsExactlyInAnyOrder("pm", "pm-linux", "pm-macos", "pm-windows");
    }

    @Test
    void ourBundlesHaveTheVersionOfPm() throws Exception {
        assertThat(Xml.texts(Xml.read(Distribution.FEATURES), "bundle"))
                .filteredOn(url -> url.startsWith("mvn:pm/"))
                .isNotEmpty()
                .allMatch(url -> url.endsWith("/" + Distribution.VERSION));
    }

    @Test
    void everyBundleIsInTheArchiveOrInKaraf() throws Exception {
        Set<String> there = new HashSet<>(archive());
        there.addAll(karafsOwn());
        assertThat(there).containsAll(wanted());
    }

    @Test
    void theArchiveHoldsNothingElse() throws Exception {
        List<String> named = wanted();
        named.add("pm/pm.distribution/" + Distribution.VERSION + "/pm.distribution-" + Distribution.VERSION
                + "-features.xml");
        assertThat(archive()).isSubsetOf(named);
    }

    /** Ours, and those of Karaf's feature for Declarative Services: all, since Karaf also fetches what its conditions then leave out. */
    private static List<String> wanted() throws Exception {
        List<String> paths = new ArrayList<>(paths(Xml.read(Distribution.FEATURES)));
        Element standard = Xml.read(find("features/standard", "-features.xml"));
        Element scr = Xml.below(standard, "feature")
                .filter(feature -> feature.getAttribute("name").equals("scr"))
                .findFirst()
                .orElseThrow();
        paths.addAll(paths(scr));
        return paths;
    }

    /** Maven's path for each URL of the form mvn:group/artifact/version. */
    private static List<String> paths(Element features) {
        return Xml.texts(features, "bundle").stream()
                .map(url -> url.replaceFirst("^mvn:", "").split("/", -1))
                .map(part -> part[0].replace('.', '/') + "/" + part[1] + "/" + part[2] + "/" + part[1] + "-" + part[2]
                        + ".jar")
                .toList();
    }

    private static boolean isDefinition(Element feature) {
        return feature.hasAttribute("name");
    }

    private static List<String> archive() throws IOException {
        try (ZipFile zip = new ZipFile(Distribution.ARCHIVE.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .map(name -> name.substring(IN_ARCHIVE.length()))
                    .toList();
        }
    }

    private static List<String> karafsOwn() throws IOException {
        Path system = find("", "/system");
        try (Stream<Path> files = Files.walk(system)) {
            return files.map(file -> system.relativize(file).toString()).toList();
        }
    }

    private static Path find(String inside, String end) throws IOException {
        try (Stream<Path> files = Files.walk(KARAF)) {
            return files.filter(file ->
                            file.toString().contains(inside) && file.toString().endsWith(end))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
