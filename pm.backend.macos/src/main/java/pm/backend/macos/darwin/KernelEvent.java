package pm.backend.macos.darwin;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** {@code struct kevent}, bsd/sys/event.h of xnu: 32 bytes. */
@FieldOrder({"ident", "filter", "flags", "fflags", "data", "udata"})
public final class KernelEvent extends Structure {
    static final short READ = -1;
    static final short WRITE = -2;
    static final short PROCESS = -5;
    static final short USER = -10;

    static final short ADD = 0x1;
    static final short DELETE = 0x2;
    static final short ONE_SHOT = 0x10;
    static final short CLEAR = 0x20;

    static final int NOTE_EXIT = 0x80000000;
    static final int NOTE_FORK = 0x40000000;
    static final int NOTE_TRIGGER = 0x01000000;

    public long ident;
    public short filter;
    public short flags;
    public int fflags;
    public long data;
    public long udata;

    /** What the kernel has written at an address, or is to read there. */
    KernelEvent(Pointer address) {
        super(address);
    }
}
