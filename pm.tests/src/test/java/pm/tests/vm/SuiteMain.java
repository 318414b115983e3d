package pm.tests.vm;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/** Runs the suite in this JVM's mode: {@code FOLDER-FOR-REPORTS [CLASS-NAME-PATTERN]}. Exits 0 when all tests have passed. */
public final class SuiteMain {
    private SuiteMain() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        request(args.length > 1 ? args[1] : ".*IT"),
                        summary,
                        new LegacyXmlReportGeneratingListener(Files.createDirectories(Path.of(args[0])), out),
                        new Told(out));
        boolean passed = summary.getSummary().getTotalFailureCount() == 0
                && summary.getSummary().getTestsSucceededCount() > 0;
        System.exit(passed ? 0 : 1);
    }

    private static LauncherDiscoveryRequest request(String classes) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage(SuiteMain.class.getPackageName()))
                .filters(includeClassNamePatterns(classes), fitting())
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .configurationParameter("junit.jupiter.execution.timeout.default", "120 s")
                .build();
    }

    /** Leaves out what this mode lacks: a test that skips itself would count as failed. */
    private static PostDiscoveryFilter fitting() {
        List<String> lacking = new ArrayList<>();
        if (Mode.current().holder() != Mode.Holder.SCOPES) {
            lacking.add(ScopeIT.TAG);
        }
        if (Mode.current() != Mode.ROOT) {
            lacking.add(ClockIT.TAG);
        }
        if (!System.getProperty("os.version").startsWith("6.1.")) {
            lacking.add(HeldLimitsIT.FEW_PAGES);
        }
        return TagFilter.excludeTags(lacking);
    }

    /** Tells at once what failed and what takes long. */
    private static final class Told implements TestExecutionListener {
        private static final long LONG_MILLIS = 5_000;
        private final PrintWriter out;
        private final String mode = Mode.current().name();
        private TestPlan plan;
        private long started;

        Told(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void testPlanExecutionStarted(TestPlan all) {
            plan = all;
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            started = System.nanoTime();
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            long millis = (System.nanoTime() - started) / 1_000_000;
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                out.println(mode + ": " + result.getStatus() + " " + name(test) + " after " + millis + " ms");
                result.getThrowable().ifPresent(reason -> reason.printStackTrace(out));
            } else if (test.isTest() && millis > LONG_MILLIS) {
                out.println(mode + ": " + name(test) + " took " + millis + " ms");
            }
        }

        private String name(TestIdentifier test) {
            return plan.getParent(test)
                            .map(parent -> parent.getDisplayName() + ": ")
                            .orElse("")
                    + test.getDisplayName();
        }
    }
}
