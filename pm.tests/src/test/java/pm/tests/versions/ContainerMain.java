package pm.tests.versions;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A JVM with the OSGi framework that is on its class path. Installs all bundles of a folder and the fixtures: callers before pm.core is
 * there to watch, backends after. Prints what became of each.
 */
final class ContainerMain {
    private static final String REFUSED_BUNDLES = "pm.core.osgi.RefusedBundles";

    private final BundleContext context;
    private final List<Bundle> fixtures = new ArrayList<>();

    private ContainerMain(BundleContext context) {
        this.context = context;
    }

    /** The framework's storage, the folder of bundles, and an API of another version, to come last. */
    public static void main(String[] arguments) throws Exception {
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        arguments[0],
                        // The fixtures of one kind differ in nothing but the API.
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE));
        framework.start();
        try {
            new ContainerMain(framework.getBundleContext()).run(Path.of(arguments[1]), Path.of(arguments[2]));
        } finally {
            framework.stop();
            framework.waitForStop(20_000);
        }
    }

    private void run(Path folder, Path anotherApi) throws Exception {
        install(Fixture.all(Fixture.Kind.CONSUMER));
        List<Bundle> bundles = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                bundles.add(context.installBundle(file.toUri().toString()));
            }
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        ServiceTracker<Object, Object> refused = new ServiceTracker<>(context, REFUSED_BUNDLES, null);
        refused.open(true);
        Object service = refused.waitForService(20_000);
        install(Fixture.all(Fixture.Kind.BACKEND));
        for (Bundle fixture : fixtures) {
            if (!resolve(fixture)) {
                // The same again must not be told of again.
                fixture.update();
                resolve(fixture);
            }
        }
        printMessages("message: ", service);
        callOpen();
        context.installBundle(anotherApi.toUri().toString());
        printMessages("beside another: ", service);
    }

    private void install(Stream<Fixture> all) throws BundleException {
        for (Fixture fixture : all.toList()) {
            fixtures.add(context.installBundle(fixture.jar().toUri().toString()));
        }
    }

    private static void printMessages(String prefix, Object service) throws ReflectiveOperationException {
        for (Object message : (List<?>) service.getClass().getMethod("messages").invoke(service)) {
            System.out.println(prefix + message);
        }
    }

    private static boolean resolve(Bundle fixture) {
        String file = Path.of(fixture.getLocation()).getFileName().toString();
        try {
            fixture.start();
            System.out.println("resolved: " + file);
            return true;
        } catch (BundleException e) {
            System.out.println("refused: " + file + ": " + e.getMessage());
            return false;
        }
    }

    /** What a caller meets that uses the way of class path and module path; also where the container's host program uses pm too. */
    private void callOpen() throws Exception {
        Bundle caller = fixtures.stream()
                .filter(fixture -> fixture.getState() == Bundle.ACTIVE
                        && fixture.getSymbolicName().equals("fixture.consumer"))
                .findFirst()
                .orElseThrow();
        callOpen(caller);
        URL[] pmOfTheHost = {
            ReactorJars.named("pm.api").toUri().toURL(),
            ReactorJars.named("pm.core").toUri().toURL()
        };
        try (URLClassLoader host = new URLClassLoader(pmOfTheHost)) {
            Thread.currentThread().setContextClassLoader(host);
            callOpen(caller);
        }
    }

    private static void callOpen(Bundle caller) throws Exception {
        try {
            caller.loadClass("fixture.consumer.Consumer")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            System.out.println("open: " + e.getCause());
        }
    }
}
