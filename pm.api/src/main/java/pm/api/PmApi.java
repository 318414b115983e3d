package pm.api;

/**
 * The version of this API. Both are compile-time constants: javac copies them into every class that uses them, so that passing
 * {@link #VERSION} to {@link ProcessManagers#open(String)} tells the running pm which version its caller was compiled against (Java
 * Language Specification, 13.1 and 13.4.9). Safe for use by any thread.
 */
public final class PmApi {
    /** Version of bundle, module and packages: {@code major.minor.micro}. */
    public static final String VERSION = "1.0.0";

    private PmApi() {}

    /**
     * The version of the API that is installed, read at run time and never inlined.
     *
     * @return for instance {@code 1.0.0}
     */
    public static String installedVersion() {
        return new String(VERSION);
    }
}
