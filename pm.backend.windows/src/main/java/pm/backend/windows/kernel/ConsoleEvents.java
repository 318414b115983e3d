package pm.backend.windows.kernel;

/** Events for the consoles of programs. */
public final class ConsoleEvents {
    /** wincon.h. */
    public static final int CTRL_C = 0;

    public static final int CTRL_BREAK = 1;

    private ConsoleEvents() {}

    /**
     * CTRL_BREAK to a process group on our own console.
     *
     * @param leader its pid; we hold a handle of it, so that it is nobody else's
     */
    public static void breakGroup(HeldProcess leader) throws WindowsException {
        leader.handle().use(held -> {
            Handle.checked(Kernel32.GenerateConsoleCtrlEvent(CTRL_BREAK, leader.pid()), "GenerateConsoleCtrlEvent");
            return null;
        });
    }
}
