package pm.backend.linux;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs tests in a JVM of its own, to which something was done before. */
public final class SuiteMain {
    private SuiteMain() {}

    /**
     * Exits 1 when a test fails, and prints why.
     *
     * @param classes names of test classes
     */
    @SuppressWarnings("SystemOut") // How it tells the test that started it.
    public static void main(String[] classes) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toArray(DiscoverySelector[]::new))
                .execute()
                .allEvents();
        tests.failed().debug(System.out);
        System.out.println("user " + System.getProperty("user.name") + ": "
                + tests.succeeded().count() + " succeeded, " + tests.failed().count() + " failed");
        System.exit(tests.failed().count() > 0 ? 1 : 0);
    }
}
