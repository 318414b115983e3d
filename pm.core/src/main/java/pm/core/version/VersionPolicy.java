package pm.core.version;

import java.util.Optional;

/**
 * The one policy behind every check of versions (semantic versioning, as OSGi's import ranges of consumers and providers have it).
 * Pure: knows nothing of where the versions come from.
 */
public final class VersionPolicy {
    private final String installedText;
    private final Optional<ApiVersion> installed;

    /**
     * For one installed API.
     *
     * @param installed as {@link pm.api.PmApi#installedVersion()} tells it
     */
    public VersionPolicy(String installed) {
        this.installedText = installed;
        this.installed = ApiVersion.parse(installed);
    }

    /**
     * Whether code that calls the API is served: same major version, and installed is at least what it was compiled against.
     *
     * @param compiled the version that the caller was compiled against
     * @return why not, with both versions; empty when it is served
     */
    public Optional<String> againstConsumer(String compiled) {
        return against(
                compiled,
                (wanted, present) -> wanted.major() == present.major() && wanted.compareTo(present) <= 0,
                "a caller needs the same major version, and at least its own");
    }

    /**
     * Whether code that implements the API fits: same major and minor version.
     *
     * @param compiled the version that the backend or core was compiled against
     * @return why not, with both versions; empty when it fits
     */
    public Optional<String> againstProvider(String compiled) {
        return against(
                compiled,
                (wanted, present) -> wanted.major() == present.major() && wanted.minor() == present.minor(),
                "an implementation needs the same major and minor version");
    }

    private Optional<String> against(String compiled, Rule rule, String ruleText) {
        Optional<ApiVersion> wanted = ApiVersion.parse(compiled);
        if (wanted.isPresent() && installed.isPresent() && rule.allows(wanted.get(), installed.get())) {
            return Optional.empty();
        }
        return Optional.of("compiled against pm.api " + (wanted.isPresent() ? compiled : "'" + compiled + "'")
                + ", installed is pm.api " + installedText + ", and " + ruleText);
    }

    @FunctionalInterface
    private interface Rule {
        boolean allows(ApiVersion wanted, ApiVersion present);
    }
}
