package pm.api;

/** How a leader ended, as the operating system told it (on Unix: the status of wait(2)). Immutable; safe for use by any thread. */
public sealed interface ExitStatus {
    /**
     * It called exit. {@code code} is 0 to 255 on Unix, any 32-bit value on Windows, where the code of a crash is negative here; as text it is
     * the unsigned number that Windows shows, with its name.
     */
    record Exited(int code) implements ExitStatus {
        @Override
        public String toString() {
            if (code >= 0) {
                return "exit code " + code;
            }
            String name = CrashCode.name(code).map(words -> ", " + words).orElse("");
            return "exit code " + Integer.toUnsignedString(code) + " (0x" + Integer.toHexString(code) + name + ")";
        }
    }

    /** It died by a signal. {@code signal} is the system's number, {@code coreDumped} whether a core was written. */
    record Signalled(int signal, boolean coreDumped) implements ExitStatus {
        @Override
        public String toString() {
            return "signal " + signal + (coreDumped ? " (core dumped)" : "");
        }
    }

    /** Nobody knows: the status was lost with whoever watched it. {@code reason} says why. */
    record Unknown(String reason) implements ExitStatus {
        @Override
        public String toString() {
            return "unknown (" + reason + ")";
        }
    }

    /**
     * The status as shells put it into one number.
     *
     * @return the exit code; 128 + signal; 255 when it is unknown
     */
    default int shellCode() {
        if (this instanceof Exited exited) {
            return exited.code();
        }
        return this instanceof Signalled signalled ? 128 + signalled.signal() : 255;
    }

    /**
     * Whether the process exited with code 0.
     *
     * @return true for {@code Exited(0)}
     */
    default boolean isSuccess() {
        return this instanceof Exited exited && exited.code() == 0;
    }
}
