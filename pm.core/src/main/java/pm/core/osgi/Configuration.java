package pm.core.osgi;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import pm.api.Settings;
import pm.core.settings.SettingsReader;

/** What a component was configured with, as Configuration Admin and Declarative Services hand it over. Immutable. */
final class Configuration {
    /** The PID of the default manager. */
    static final String PID = "pm";

    /** The factory PID of further managers. */
    static final String FACTORY_PID = "pm.manager";

    /** Further managers come behind the default one for whoever does not say which one is meant. */
    private static final int RANKING_OF_FURTHER = -100;

    private final Map<String, Object> properties;

    Configuration(Map<String, ?> properties) {
        this.properties = new TreeMap<>(properties);
    }

    /** The PID of the configuration; that of the default manager where there is none. */
    String pid() {
        // Declarative Services gives all PIDs of a component, the latest last.
        Object pid = properties.get("service.pid");
        if (pid instanceof Iterable<?> all) {
            Object latest = null;
            for (Object one : all) {
                latest = one;
            }
            pid = latest;
        }
        return Objects.requireNonNullElse(pid, PID).toString();
    }

    /** The service ranking that was configured, or the usual one. */
    int ranking() {
        Object configured = properties.get("service.ranking");
        if (configured instanceof Integer ranking) {
            return ranking;
        }
        return pid().startsWith(FACTORY_PID) ? RANKING_OF_FURTHER : 0;
    }

    /**
     * Reads the settings, together with those of environment and system properties.
     *
     * @throws pm.api.InvalidSettingsException with all faults
     */
    SettingsReader.Reading read() {
        Map<String, Object> settings = new TreeMap<>(properties);
        // Of the container and its tools, not of ours: they would look like misspelt settings.
        settings.keySet()
                .removeIf(key -> key.startsWith("service.")
                        || key.startsWith("component.")
                        || key.startsWith("felix.")
                        || key.startsWith("."));
        Properties system = new Properties();
        system.putAll(System.getProperties());
        return SettingsReader.read(Settings.none(), System.getenv(), system, settings);
    }
}
