package pm.cli.console;

import pm.api.ErrorContext;
import pm.api.ProcessManagerException;

/** What a person is told about an exception. */
public final class Complaint {
    private Complaint() {}

    /** The message without the context that it ends with, which says nothing to someone who just typed the command. */
    public static String about(ProcessManagerException failure) {
        String message = failure.getMessage();
        ErrorContext context = failure.context();
        String suffix = " [" + context + "]";
        return message.endsWith(suffix) ? message.substring(0, message.length() - suffix.length()) : message;
    }
}
