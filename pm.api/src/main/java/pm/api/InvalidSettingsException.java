package pm.api;

import java.util.List;

/** One or more settings are wrong. Nothing was opened. Safe for use by any thread. */
public class InvalidSettingsException extends ProcessManagerException {
    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    /** With every fault: setting, value, origin and what is allowed. */
    public InvalidSettingsException(List<String> faults) {
        super("Could not open a process manager: wrong settings: " + String.join("; ", faults), ErrorContext.NONE);
        this.faults = List.copyOf(faults);
    }

    /** Every fault. */
    public List<String> faults() {
        return faults;
    }
}
