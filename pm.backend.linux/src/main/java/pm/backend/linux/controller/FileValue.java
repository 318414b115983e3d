package pm.backend.linux.controller;

import pm.backend.linux.kernel.Errno;

/**
 * What is to be written to a file of a group.
 *
 * @param file its name
 * @param value the text
 * @param tolerated the error that does not matter, 0 when each does
 * @param unset what to write for a block device without a limit; empty when the file has just one value
 */
public record FileValue(String file, String value, int tolerated, String unset) {
    static FileValue of(String file, Object value) {
        return new FileValue(file, value.toString(), 0, "");
    }

    /** About one block device, which may have gone meanwhile. */
    static FileValue ofDevice(String file, String device, String limit, String unset) {
        return new FileValue(file, device + " " + limit, Errno.ENODEV, device + " " + unset);
    }

    /** May be too early, then it is written again. */
    static FileValue early(String file, Object value) {
        return new FileValue(file, value.toString(), Errno.EINVAL, "");
    }

    /**
     * What to write to undo it.
     *
     * @param text of the file before; it has a line for each block device with a limit
     */
    public String undo(String text) {
        if (unset.isEmpty()) {
            return text.strip();
        }
        String device = value.substring(0, value.indexOf(' ') + 1);
        return text.lines().filter(line -> line.startsWith(device)).findFirst().orElse(unset);
    }
}
