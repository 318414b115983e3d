package pm.testing;

import java.util.Map;
import java.util.TreeMap;

/** Threads that would keep the JVM alive, and those of pm, which all have names that begin with {@code pm-}. */
final class Threads implements Inventory {
    @Override
    public Map<String, String> take() {
        Map<String, String> found = new TreeMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.isDaemon() || thread.getName().startsWith("pm-")) {
                found.put(thread.getId() + " " + thread.getName(), "thread " + thread.getName());
            }
        }
        return found;
    }
}
