package pm.cli.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets signals end this command also while the system has no thread for it. A JVM starts a thread for each signal that it handles, and when that
 * is refused the signal is lost. So while no thread can be started, these signals have their default action, which is to end the process at once;
 * the manager's guard, or the launcher of each tree, then ends what runs. When threads can be had again, the JVM handles signals as before.
 */
final class SignalFallback implements AutoCloseable {
    private static final List<String> NAMES = List.of("HUP", "INT", "TERM");
    private static final long INTERVAL_MILLIS = 200;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "pm-run-signals");
    /** What the JVM did for each of the signals; empty while it does so. */
    private final List<Object> handlers = new ArrayList<>();

    private SignalFallback() {
        thread.setDaemon(true);
    }

    /** Begins, on a thread of its own. */
    static SignalFallback begin() {
        SignalFallback fallback = new SignalFallback();
        fallback.thread.start();
        return fallback;
    }

    private void watch() {
        try {
            while (!over.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                boolean refused = isRefusedThread();
                if (refused && handlers.isEmpty()) {
                    setDefault();
                } else if (!refused && !handlers.isEmpty()) {
                    setBack();
                }
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        } catch (ReflectiveOperationException unknown) {
            // A JVM without sun.misc.Signal: there is nothing that could be set.
            return;
        }
    }

    private static boolean isRefusedThread() {
        Thread probe = new Thread(() -> {}, "pm-run-probe");
        probe.setDaemon(true);
        try {
            probe.start();
            return false;
        } catch (OutOfMemoryError refused) {
            return true;
        }
    }

    private void setDefault() throws ReflectiveOperationException {
        Object defaultAction =
                Class.forName("sun.misc.SignalHandler").getField("SIG_DFL").get(null);
        for (String name : NAMES) {
            handlers.add(handle(name, defaultAction));
        }
    }

    private void setBack() throws ReflectiveOperationException {
        for (int index = 0; index < NAMES.size(); index++) {
            Object before = handle(NAMES.get(index), handlers.get(index));
            assert before != null;
        }
        handlers.clear();
    }

    /** By reflection: the compiler warns of the class, which jdk.unsupported exports for want of another. */
    private static Object handle(String name, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        try {
            return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (InvocationTargetException reserved) {
            // -Xrs: the JVM handles none of them, and the default action is what they have.
            return handler;
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
