package pm.tests.swap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ServiceLoader;
import pm.spi.BackendProvider;

/** The jar of {@code pm.tests/samples/recording-backend}, which is no part of this build's class paths. */
final class SampleBackend implements AutoCloseable {
    static final Path JAR = Path.of(
            System.getProperty("pm.root"), "pm.tests/samples/recording-backend/target/recording-backend-1.0.0.jar");

    private final URLClassLoader loader;

    SampleBackend() {
        try {
            loader = new URLClassLoader(
                    new URL[] {JAR.toUri().toURL()}, getClass().getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As on a class path. */
    BackendProvider provider() {
        return ServiceLoader.load(BackendProvider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("recording"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
