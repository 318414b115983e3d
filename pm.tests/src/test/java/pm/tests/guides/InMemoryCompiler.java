package pm.tests.guides;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one source against the class path of this test. */
final class InMemoryCompiler {
    private InMemoryCompiler() {}

    /** The errors; empty when it compiles. Class files go to {@code output}; further classes may be used. */
    static List<String> compile(String className, String source, Path output, Path... further) {
        List<String> classPath = new ArrayList<>(List.of(System.getProperty("java.class.path")));
        Stream.of(further).map(Path::toString).forEach(classPath::add);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-proc:none", "-d", output.toString(), "-cp", String.join(File.pathSeparator, classPath));
            boolean compiled = compiler.getTask(
                            null, files, diagnostics, options, null, List.of(new Source(className, source)))
                    .call();
            List<String> errors = diagnostics.getDiagnostics().stream()
                    .map(diagnostic -> diagnostic.toString())
                    .toList();
            return compiled ? List.of() : errors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
