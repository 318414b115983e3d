package pm.backend.linux.controller;

/** The files of one group. */
public interface GroupFiles {
    /** Whether there is a file of that name. */
    boolean has(String file);

    /** Its text, empty when there is no such file or it cannot be read. */
    String text(String file);
}
