package pm.backend.linux;

/**
 * A process whose first thread has ended while another lives: its stat in /proc says zombie, and Linux 6.18 does not send it the signal of
 * cgroup.kill.
 */
final class DeadMainThread {
    /**
     * A script that starts such a process in a session of its own, without environment. It ignores SIGTERM, and prints its pid when its first
     * thread has ended.
     */
    static final String DETACHED = "env -i setsid python3 -c '"
            + "import ctypes, os, signal, threading, time\n"
            + "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            + "def stay():\n"
            + "  while open(\"/proc/self/stat\").read().rsplit(\")\", 1)[1].split()[0] != \"Z\": time.sleep(0.005)\n"
            + "  print(os.getpid(), flush=True)\n"
            + "  time.sleep(1000)\n"
            + "threading.Thread(target=stay).start()\n"
            + "ctypes.CDLL(None).pthread_exit(None)\n"
            + "' & ";

    private DeadMainThread() {}
}
