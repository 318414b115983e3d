package pm.tests.versions;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Jar;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes a jar that is a module and a bundle at once, as pm's build does it: javac, then bnd. The same sources give the same bytes. */
final class JarBuild {
    /** In every entry of every jar. */
    private static final String TIME = "2026-11-22T00:00:00Z";

    private JarBuild() {}

    /**
     * Makes one jar.
     *
     * @param name of module and bundle
     * @param version of both
     * @param sources folder with module-info.java and, perhaps, META-INF
     * @param modulePath what it is compiled against
     * @param jar the file to write; its classes are left in a folder beside it
     */
    static Path make(String name, String version, Path sources, List<Path> modulePath, Path jar) throws Exception {
        Path classes = jar.resolveSibling(jar.getFileName() + ".classes");
        compile(version, sources, modulePath, classes);
        try (Analyzer bnd = new Analyzer()) {
            bnd.setJar(classes.toFile());
            for (Path library : modulePath) {
                bnd.addClasspath(library.toFile());
            }
            bnd.setProperty(Constants.BUNDLE_SYMBOLICNAME, name);
            bnd.setProperty(Constants.BUNDLE_VERSION, version);
            bnd.setProperty(Constants.NOIMPORTJAVA, "true");
            bnd.setProperty(Constants.NOEXTRAHEADERS, "true");
            Jar bundle = bnd.getJar();
            bundle.setManifest(bnd.calcManifest());
            bundle.setReproducible(TIME);
            bundle.write(jar.toFile());
            if (!bnd.isOk()) {
                throw new IllegalStateException("Could not wrap " + name + ": " + bnd.getErrors());
            }
        }
        return jar;
    }

    private static void compile(String version, Path sources, List<Path> modulePath, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-proc:none", "-Xlint:none"));
        arguments.addAll(List.of("--module-version", version, "-d", classes.toString(), "-p"));
        arguments.add(modulePath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        for (Path file : files(sources)) {
            if (file.toString().endsWith(".java")) {
                arguments.add(file.toString());
            } else {
                Path copy = classes.resolve(sources.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException(
                    "Could not compile " + sources + ":\n" + said.toString(StandardCharsets.UTF_8));
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
