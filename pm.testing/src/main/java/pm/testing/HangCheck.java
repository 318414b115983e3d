package pm.testing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Ends a test run in which nothing happens any more, and says where every thread is. JUnit's own timeout interrupts a test, which does not help one that hangs in
 * a native call; and Maven's, which asks the JVM to end, is not heard by a JVM under Wine.
 */
public final class HangCheck implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
    /** How long no test may begin or end, as an ISO-8601 duration; longer than any test may take. */
    static final String LIMIT = "pm.hangcheck.limit";

    private static final String DEFAULT_LIMIT = "PT20M";
    private static final int STATUS = 124;

    @Override
    public void beforeAll(ExtensionContext context) {
        progress(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        progress(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        progress(context);
    }

    private static void progress(ExtensionContext context) {
        Duration limit = Duration.parse(context.getConfigurationParameter(LIMIT).orElse(DEFAULT_LIMIT));
        context.getRoot()
                .getStore(Namespace.create(HangCheck.class))
                .getOrComputeIfAbsent(Watch.class, key -> new Watch(limit), Watch.class)
                .tell(context.getUniqueId());
    }

    /** A daemon thread, so it keeps nobody from ending. The store closes it after everything else. */
    private static final class Watch implements AutoCloseable {
        private final SynchronousQueue<String> told = new SynchronousQueue<>();
        private final Thread thread = new Thread(this::run, "hang-check");
        private final Duration limit;

        Watch(Duration limit) {
            this.limit = limit;
            thread.setDaemon(true);
            thread.start();
        }

        /** Where the tests are; whether the thread is just there to hear of it does not matter. */
        void tell(String progress) {
            told.offer(progress);
        }

        private void run() {
            String last = "the start";
            try {
                for (String next = last; next != null; next = told.poll(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                    last = next;
                }
            } catch (InterruptedException closed) {
                return;
            }
            print("Could not go on: nothing happened in the tests for " + limit + " after " + last + "\n" + stacks());
            Runtime.getRuntime().halt(STATUS);
        }

        @Override
        public void close() {
            thread.interrupt();
        }

        private static String stacks() {
            StringBuilder text = new StringBuilder();
            Thread.getAllStackTraces().forEach((thread, stack) -> {
                text.append('"')
                        .append(thread.getName())
                        .append("\" ")
                        .append(thread.getState())
                        .append('\n');
                for (StackTraceElement element : stack) {
                    text.append("\tat ").append(element).append('\n');
                }
            });
            return text.toString();
        }

        /** Not by System.err, which goes to Maven through threads that end with the JVM. */
        private static void print(String text) {
            try (OutputStream error = new FileOutputStream(FileDescriptor.err)) {
                error.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException nobodyReads) {
                // The exit status tells.
            }
        }
    }
}
