package pm.tests.versions;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.libg.reporter.ReporterAdapter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compares two jars of the API: does the later one's version say what changed since the earlier one? */
final class ApiComparison {
    private static final Set<Delta> CHANGES = EnumSet.of(Delta.MINOR, Delta.MAJOR, Delta.ADDED, Delta.REMOVED);

    private ApiComparison() {}

    /**
     * What is wrong with the later jar's versions.
     *
     * @return for each package whose version is too low: both versions, the one that is due, and what changed
     */
    static List<String> faults(Path earlier, Path later) throws Exception {
        try (Jar before = new Jar(earlier.toFile());
                Jar after = new Jar(later.toFile())) {
            return new Baseline(new ReporterAdapter(), new DiffPluginImpl())
                    .baseline(after, before, null).stream()
                            .filter(info -> info.mismatch)
                            .map(ApiComparison::fault)
                            .sorted()
                            .toList();
        }
    }

    private static String fault(Baseline.Info info) {
        List<String> changes = info.packageDiff.getChildren().stream()
                .flatMap(type -> leaves(type, ""))
                .toList();
        return "package " + info.packageName + " is version " + info.newerVersion + ", was " + info.olderVersion
                + ", needs " + info.suggestedVersion + ", since " + String.join("; ", changes);
    }

    /** What changed, down to the member: the type's name and in it what was added or removed. */
    private static Stream<String> leaves(Diff diff, String within) {
        if (!CHANGES.contains(diff.getDelta())) {
            return Stream.empty();
        }
        String here = within.isEmpty() ? diff.getName() : within + " " + diff.getName();
        return diff.getDelta() == Delta.ADDED || diff.getDelta() == Delta.REMOVED
                ? Stream.of(diff.getDelta() + " " + here)
                : diff.getChildren().stream().flatMap(child -> leaves(child, here));
    }
}
