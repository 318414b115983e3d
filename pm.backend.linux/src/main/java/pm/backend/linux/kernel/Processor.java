package pm.backend.linux.kernel;

import java.util.Optional;

/** The processor, where Linux' numbers depend on it, and which launcher it needs. */
public final class Processor {
    static final boolean IS_AARCH64 = "aarch64".equals(System.getProperty("os.arch"));

    private Processor() {}

    /** Its name as the launcher's binaries carry it; empty when there is none for it. */
    public static Optional<String> name() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> Optional.of("x86_64");
            case "aarch64" -> Optional.of("aarch64");
            default -> Optional.empty();
        };
    }
}
