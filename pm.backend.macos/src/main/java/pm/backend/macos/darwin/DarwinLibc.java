package pm.backend.macos.darwin;

import com.sun.jna.Pointer;
import pm.backend.posix.libc.NativeBinding;

/** Functions of libSystem that Linux does not have; none has variable arguments. libproc.h, sys/event.h, sys/sysctl.h, mach_time.h. */
final class DarwinLibc {
    static final NativeBinding BINDING = new NativeBinding(DarwinLibc.class);

    static {
        BINDING.bind();
    }

    private DarwinLibc() {}

    static native int kqueue();

    static native int kevent(
            int queue, Pointer changes, int changeCount, Pointer events, int eventCount, Pointer timeout);

    static native int proc_listpids(int type, int typeInfo, int[] pids, int size);

    static native int proc_pidinfo(int pid, int flavor, long argument, Pointer buffer, int size);

    static native int proc_pid_rusage(int pid, int flavor, Pointer buffer);

    static native int sysctl(int[] name, int length, byte[] value, long[] size, Pointer newValue, long newSize);

    static native int mach_timebase_info(int[] ratio);
}
