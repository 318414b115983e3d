package pm.core.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import pm.api.EffectiveSettings;
import pm.api.EffectiveSettings.Origin;
import pm.api.EffectiveSettings.Value;
import pm.api.InvalidSettingsException;
import pm.api.Setting;
import pm.api.Settings;

/**
 * Reads every {@link Setting} from its origins, later ones before earlier ones, and tells all faults at once. A value that another
 * origin overrides is checked too: it would otherwise fail on the day when the override goes. Stateless.
 */
public final class SettingsReader {
    private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
    private final List<String> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private SettingsReader() {}

    /**
     * What was read.
     *
     * @param effective the settings in force
     * @param warnings names that are no setting, but look like a misspelt one
     */
    public record Reading(EffectiveSettings effective, List<String> warnings) {
        /** Copies the list. */
        public Reading {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads the settings of one manager.
     *
     * @param code made in code, before all others
     * @param environment variables; only names of settings matter
     * @param systemProperties properties; only names of settings matter
     * @param configurationAdmin keys as {@link Setting#key()}; empty outside OSGi
     * @return the settings in force
     * @throws InvalidSettingsException when any value is wrong; it lists all that are, with their origins and what is allowed
     */
    public static Reading read(
            Settings code,
            Map<String, String> environment,
            Properties systemProperties,
            Map<String, ?> configurationAdmin) {
        Map<String, String> properties = new TreeMap<>();
        systemProperties
                .stringPropertyNames()
                .forEach(name -> properties.put(name, systemProperties.getProperty(name, "")));
        SettingsReader reader = new SettingsReader();
        for (Setting setting : Setting.values()) {
            setting.defaultText().ifPresent(text -> reader.take(setting, text, Origin.DEFAULT, "default"));
        }
        reader.takeAll(environment, Setting::variable, Origin.ENVIRONMENT, "environment variable ");
        reader.warnOfMisspelt(environment, "PM_", Setting::variable, "environment variable ");
        reader.takeAll(properties, Setting::property, Origin.SYSTEM_PROPERTY, "system property ");
        reader.warnOfMisspelt(properties, "pm.", Setting::property, "system property ");
        reader.takeAll(configurationAdmin, Setting::key, Origin.CONFIGURATION_ADMIN, "Configuration Admin key ");
        reader.warnOfMisspelt(configurationAdmin, "", Setting::key, "Configuration Admin key ");
        code.values().forEach((setting, text) -> reader.take(setting, text, Origin.CODE, "set in code"));
        if (!reader.faults.isEmpty()) {
            throw new InvalidSettingsException(reader.faults);
        }
        return new Reading(new EffectiveSettings(reader.values), reader.warnings);
    }

    private void takeAll(Map<String, ?> found, Function<Setting, String> nameOf, Origin origin, String originText) {
        for (Setting setting : Setting.values()) {
            String name = nameOf.apply(setting);
            Object value = found.get(name);
            if (value != null) {
                take(setting, value.toString(), origin, originText + name);
            }
        }
    }

    /** Only names that begin like ours, in any case: the others belong to somebody else. */
    private void warnOfMisspelt(
            Map<String, ?> found, String prefix, Function<Setting, String> nameOf, String originText) {
        List<String> likeOurs = found.keySet().stream()
                .filter(name -> name.regionMatches(true, 0, prefix, 0, prefix.length()))
                .sorted()
                .toList();
        if (likeOurs.isEmpty()) {
            return;
        }
        Misspellings misspellings = new Misspellings(nameOf);
        likeOurs.forEach(name -> misspellings
                .meant(name)
                .ifPresent(meant -> warnings.add("Could not use " + originText + name
                        + ": there is no such setting; did you mean " + meant + "?")));
    }

    private void take(Setting setting, String text, Origin origin, String originText) {
        try {
            values.put(setting, new Value(setting.type().parse(text), text.strip(), origin));
        } catch (IllegalArgumentException e) {
            faults.add(setting.key() + " = '" + text + "' (" + originText + "): use "
                    + setting.type().allowed());
        }
    }
}
