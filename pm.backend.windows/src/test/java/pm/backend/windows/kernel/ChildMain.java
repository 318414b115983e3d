package pm.backend.windows.kernel;

import com.sun.jna.Native;
import java.util.concurrent.CountDownLatch;

/** What tests start that no program of Windows does. Prints lines to standard output. */
public final class ChildMain {
    /** CREATE_BREAKAWAY_FROM_JOB, and DETACHED_PROCESS: no console of the tree's, which goes with the tree. */
    private static final int BREAKAWAY = 0x01000000 | 0x8;

    private static final int STARTUP_INFO = 104;

    private ChildMain() {}

    /** What to do, and with what. */
    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "breakaway" -> breakaway(words[1]);
            case "listen" -> listen();
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    /** Waits for the end of standard input, then tries to start ping outside of our job. If that is started we stay until we are killed. */
    private static void breakaway(String ping) throws Exception {
        System.in.readAllBytes();
        byte[] startup = new Fields(STARTUP_INFO).put(0, STARTUP_INFO).bytes();
        Fields information = new Fields(ProcessCreation.PROCESS_INFORMATION_SIZE);
        int created = Kernel32.CreateProcessW(
                WideText.terminated(ping),
                WideText.terminated("ping -n 1000 127.0.0.1"),
                0,
                0,
                0,
                BREAKAWAY,
                null,
                null,
                startup,
                information.bytes());
        if (created == 0) {
            System.out.println("refused " + Native.getLastError());
        } else {
            System.out.println(information.integer(ProcessCreation.PID));
            new CountDownLatch(1).await();
        }
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
