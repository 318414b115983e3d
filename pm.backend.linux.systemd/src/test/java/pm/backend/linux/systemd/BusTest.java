package pm.backend.linux.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusTest {
    private static final String HIDDEN = "com.sun.security.auth.module";

    @TempDir
    private Path folder;

    @Test
    void aFrameworkThatHidesThePackageThatTheLibraryNeedsIsARefusal() throws Exception {
        Path path = folder.resolve("bus");
        try (ServerSocketChannel listening =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
                URLClassLoader bundle = new HidingLoader()) {
            assertThat(connect(bundle, path))
                    .hasMessageContaining("Could not connect to " + path)
                    .hasMessageContaining(HIDDEN.replace('.', '/'))
                    .hasMessageContaining("org.osgi.framework.system.packages.extra");
            assertThat(listening.isOpen()).isTrue();
        }
    }

    private static Throwable connect(ClassLoader bundle, Path path) throws Exception {
        Class<?> socket = bundle.loadClass(BusSocket.class.getName());
        Constructor<?> constructor = socket.getDeclaredConstructor(Path.class, String.class);
        constructor.setAccessible(true);
        Method connect = bundle.loadClass(Bus.class.getName()).getDeclaredMethod("connect", socket);
        connect.setAccessible(true);
        try {
            return new AssertionError("connected: " + connect.invoke(null, constructor.newInstance(path, "nobody")));
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    /** Sees the class path anew, and of the JDK not that package, as a bundle may. */
    private static final class HidingLoader extends URLClassLoader {
        HidingLoader() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .map(HidingLoader::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(HIDDEN)) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
