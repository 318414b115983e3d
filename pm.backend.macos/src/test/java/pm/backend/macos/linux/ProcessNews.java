package pm.backend.macos.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import pm.backend.posix.libc.Descriptors;
import pm.backend.posix.libc.Libc;
import pm.backend.posix.libc.LibcException;

/**
 * The kernel's process connector (linux/cn_proc.h): tells of each fork and exit on the host, to root only. It stands in for what macOS keeps
 * of each process, the id of whoever forked it.
 */
final class ProcessNews {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_DGRAM_CLOEXEC_NONBLOCK = 2 | 0x80000 | 0x800;
    private static final int NETLINK_CONNECTOR = 11;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int ROOM = 32 << 20;
    private static final int CN_IDX_PROC = 1;
    private static final int PROC_CN_MCAST_LISTEN = 1;
    private static final int NLMSG_DONE = 3;
    /** nlmsghdr, then cn_msg: the event is behind. */
    private static final int EVENT = 16 + 20;

    private static final int DATA = EVENT + 16;
    private static final int FORK = 1;
    private static final int EXIT = 0x80000000;

    static {
        Native.register(ProcessNews.class, NativeLibrary.getProcess());
    }

    private final int socket;

    /**
     * A process forked or exited.
     *
     * @param child 0 for an exit
     */
    record Event(int process, int child) {
        boolean isFork() {
            return child != 0;
        }
    }

    private static native int socket(int domain, int type, int protocol);

    private static native int bind(int socket, byte[] address, int length);

    private static native int setsockopt(int socket, int level, int option, int[] value, int length);

    private static native long send(int socket, byte[] message, long length, int flags);

    private static native long recv(int socket, byte[] message, long length, int flags);

    ProcessNews() throws LibcException {
        socket = checked(socket(AF_NETLINK, SOCK_DGRAM_CLOEXEC_NONBLOCK, NETLINK_CONNECTOR), "socket");
        try {
            checked(setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, new int[] {ROOM}, Integer.BYTES), "setsockopt");
            byte[] address = new byte[12];
            buffer(address).putShort(0, (short) AF_NETLINK).putInt(8, CN_IDX_PROC);
            checked(bind(socket, address, address.length), "bind");
            byte[] listen = new byte[EVENT + Integer.BYTES];
            buffer(listen)
                    .putInt(0, EVENT + Integer.BYTES)
                    .putShort(4, (short) NLMSG_DONE)
                    .putInt(16, CN_IDX_PROC)
                    .putInt(20, 1)
                    .putShort(32, (short) Integer.BYTES)
                    .putInt(EVENT, PROC_CN_MCAST_LISTEN);
            checked((int) send(socket, listen, listen.length, 0), "send");
        } catch (LibcException refused) {
            Descriptors.close(socket);
            throw refused;
        }
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static int checked(int result, String call) throws LibcException {
        if (result < 0) {
            throw new LibcException(call, Libc.errno());
        }
        return result;
    }

    int descriptor() {
        return socket;
    }

    /** What has happened since this was asked last, in order. */
    List<Event> take() {
        List<Event> events = new ArrayList<>();
        byte[] bytes = new byte[256];
        ByteBuffer message = buffer(bytes);
        while (recv(socket, bytes, bytes.length, 0) >= DATA) {
            int what = message.getInt(EVENT);
            int process = message.getInt(DATA + 4);
            if (what == FORK && message.getInt(DATA + 8) == message.getInt(DATA + 12)) {
                events.add(new Event(process, message.getInt(DATA + 12)));
            } else if (what == EXIT && message.getInt(DATA) == process) {
                events.add(new Event(process, 0));
            }
        }
        return events;
    }

    void close() {
        Descriptors.close(socket);
    }
}
