package pm.tests.versions;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The two ways of starting a Java program without a container. */
enum Launch {
    CLASS_PATH {
        @Override
        Stream<String> options(String path) {
            return Stream.concat(Jvms.nativeAccess("ALL-UNNAMED"), Stream.of("-cp", path, "fixture.consumer.Consumer"));
        }
    },
    MODULE_PATH {
        @Override
        Stream<String> options(String path) {
            return Stream.concat(
                    path.contains("jna-jpms") ? Jvms.nativeAccess("com.sun.jna") : Stream.empty(),
                    Stream.of("-p", path, "-m", "fixture.consumer/fixture.consumer.Consumer"));
        }
    };

    /** What follows the JVM's own options, and its name. */
    abstract Stream<String> options(String path);

    /** Runs a consumer's main class with these jars. */
    Jvms.Output run(Jvms jvms, List<String> jvmOptions, List<Path> libraries, Path... more)
            throws InterruptedException {
        return jvms.java(Stream.concat(jvmOptions.stream(), options(ReactorJars.path(libraries, more)))
                .toArray(String[]::new));
    }
}
