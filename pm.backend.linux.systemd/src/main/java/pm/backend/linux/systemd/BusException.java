package pm.backend.linux.systemd;

/** An error that came back over the bus. */
final class BusException extends Exception {
    static final String NO_REPLY = "org.freedesktop.DBus.Error.NoReply";

    private static final long serialVersionUID = 1L;

    private final String error;

    /**
     * With what the bus says.
     *
     * @param error its name on the bus
     * @param text for a person
     */
    BusException(String error, String text) {
        super(text);
        this.error = error;
    }

    /** Why, and what can be done where that is known. */
    String reason() {
        return switch (error) {
            case "org.freedesktop.DBus.Error.AccessDenied",
                    "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired",
                    "org.freedesktop.DBus.Error.AuthFailed" ->
                "access denied by the bus or polkit (" + getMessage() + ")";
            case "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner" ->
                "no systemd is on this bus (" + getMessage() + ")";
            default -> getMessage();
        };
    }
}
