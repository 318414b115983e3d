package pm.core.osgi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * The versions of pm's API that a bundle imports: its build wrote them from the API that it was compiled against, for instance
 * {@code [1.2,2)} for a caller and {@code [1.2,1.3)} for a backend. The framework's resolver goes by them too, but its message does not say
 * which version is there. Pure: knows of no bundle.
 *
 * @param ranges the range of each of pm's packages that the bundle cannot do without
 */
record ImportedApi(Map<String, VersionRange> ranges) {
    private static final List<String> PACKAGES = List.of("pm.api", "pm.spi");
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern CLAUSE = Pattern.compile("(?:[^,\"]|" + QUOTED + ")+");
    private static final Pattern PART = Pattern.compile("(?:[^;\"]|" + QUOTED + ")+");
    private static final Pattern VERSION = Pattern.compile("version\\s*=\\s*\"?([^\"]*)\"?");
    private static final Pattern OPTIONAL = Pattern.compile("resolution\\s*:=\\s*\"?optional\"?");

    /** Reads a bundle's {@code Import-Package}, which may be null. */
    static ImportedApi of(String importPackage) {
        Map<String, VersionRange> ranges = new LinkedHashMap<>();
        for (String clause : pieces(CLAUSE, importPackage == null ? "" : importPackage)) {
            List<String> parts = pieces(PART, clause);
            if (parts.stream().noneMatch(part -> OPTIONAL.matcher(part).matches())) {
                parts.stream().filter(PACKAGES::contains).forEach(name -> ranges.put(name, range(parts)));
            }
        }
        return new ImportedApi(ranges);
    }

    private static VersionRange range(List<String> parts) {
        return parts.stream()
                .map(VERSION::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> new VersionRange(matcher.group(1)))
                .findFirst()
                .orElseGet(() -> new VersionRange("0"));
    }

    private static List<String> pieces(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(String::strip)
                .toList();
    }

    /**
     * Why a bundle is refused.
     *
     * @param bundle its name, version and place, for the message
     * @param installed the versions of the API that are there
     * @return empty when it is not, since one of them fits
     */
    Optional<String> refusal(String bundle, Collection<Version> installed) {
        if (installed.stream().anyMatch(this::includes)) {
            return Optional.empty();
        }
        List<String> wanted = new ArrayList<>();
        ranges.forEach((name, range) -> wanted.add(name + " " + range));
        String present = installed.stream().map(Version::toString).collect(Collectors.joining(" and "));
        return Optional.of("Could not resolve a bundle: " + bundle + " was compiled against "
                + String.join(" and ", wanted) + ", installed is pm.api " + present
                + ", which is out of that range; install a build of the bundle that fits it,"
                + " or the pm that the bundle was made for");
    }

    private boolean includes(Version version) {
        return ranges.values().stream().allMatch(range -> range.includes(version));
    }
}
