package pm.backend.linux.supervision;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs in a JVM of its own, as a user without privileges: all tests of supervised trees. */
public final class SuiteAsNobody {
    private SuiteAsNobody() {}

    /** Exits 1 when a test fails, and prints why. */
    @SuppressWarnings("SystemOut") // How it tells the test that started it.
    public static void main(String[] arguments) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(
                        selectClass(SupervisedContainmentTest.class),
                        selectClass(SupervisedStartTest.class),
                        selectClass(SupervisedStartFailureTest.class))
                .execute()
                .allEvents();
        tests.failed().debug(System.out);
        System.out.println("user " + System.getProperty("user.name") + ": "
                + tests.succeeded().count() + " succeeded, " + tests.failed().count() + " failed");
        System.exit(tests.failed().count() > 0 ? 1 : 0);
    }
}
