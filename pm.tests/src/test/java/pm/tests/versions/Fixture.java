package pm.tests.versions;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A committed jar that was compiled against some version of the API: a reactor that compiles everything anew cannot make one.
 *
 * @param kind what it does with the API
 * @param api the version that it was compiled against
 */
record Fixture(Kind kind, String api) {
    /** The jars' own version: none of the API's, so that a message cannot mean the one by the other. */
    static final String OWN_VERSION = "7.0.0";

    private static final Path TESTS = Path.of(System.getProperty("pm.root"), "pm.tests", "src", "test");

    /** How a jar meets the API. */
    enum Kind {
        /** It calls. */
        CONSUMER,
        /** It implements. */
        BACKEND;

        /** The name of its sources' folder. */
        String folder() {
            return this == CONSUMER ? "consumer" : "backend";
        }
    }

    /** The versions, and whether 1.0.0 serves what was compiled against them. */
    static List<String> versions() {
        return List.of("0.9.0", "1.0.0", "1.1.0", "2.0.0");
    }

    static Stream<Fixture> all() {
        return Stream.of(Kind.values()).flatMap(Fixture::all);
    }

    static Stream<Fixture> all(Kind kind) {
        return versions().stream().map(api -> new Fixture(kind, api));
    }

    /** Name of its module and its bundle. */
    String moduleName() {
        return "fixture." + kind.folder();
    }

    /** Where its sources are. */
    Path sources() {
        return TESTS.resolve("fixtures").resolve(kind.folder());
    }

    /** Where the jar is. */
    Path jar() {
        return TESTS.resolve(Path.of("resources", "pm", "tests", "versions", kind.folder() + "-" + api + ".jar"));
    }

    /** Of our versions the installed one, 1.0.0, serves its own only: 0.9 and 2.0 are other majors, 1.1 is newer. */
    boolean fits() {
        return api.equals("1.0.0");
    }

    @Override
    public String toString() {
        return kind.folder() + "-" + api;
    }
}
