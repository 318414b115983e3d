package pm.backend.windows.kernel;

import com.sun.jna.Native;
import java.util.concurrent.CountDownLatch;

/** What tests start that no program of Windows does. Prints lines to standard output. */
public final class ChildMain {
    private static final int BREAKAWAY = 0x01000000;
    private static final int STARTUP_INFO = 104;

    private ChildMain() {}

    /** What to do, and with what. */
    public static void main(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "breakaway" -> System.out.println(breakaway(words[1]));
            case "listen" -> listen();
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** GetLastError of an attempt to start a process outside of our job; 0 when it was started. */
    private static int breakaway(String program) {
        byte[] startup = new Fields(STARTUP_INFO).put(0, STARTUP_INFO).bytes();
        int created = Kernel32.CreateProcessW(
                WideText.terminated(program),
                WideText.terminated("program /c exit"),
                0,
                0,
                0,
                BREAKAWAY,
                null,
                null,
                startup,
                new byte[ProcessCreation.PROCESS_INFORMATION_SIZE]);
        return created != 0 ? 0 : Native.getLastError();
    }

    /** Says when it hears that it is to end, and ends. */
    private static void listen() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("heard");
            System.out.flush();
        }));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
