package pm.backend.macos.darwin;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** {@code struct proc_bsdshortinfo}, bsd/sys/proc_info.h of xnu: 64 bytes. It is told about processes of other users too. */
@FieldOrder({
    "pbsi_pid",
    "pbsi_ppid",
    "pbsi_pgid",
    "pbsi_status",
    "pbsi_comm",
    "pbsi_flags",
    "pbsi_uid",
    "pbsi_gid",
    "pbsi_ruid",
    "pbsi_rgid",
    "pbsi_svuid",
    "pbsi_svgid",
    "pbsi_rfu"
})
public final class ShortInfo extends Structure {
    /** PROC_PIDT_SHORTBSDINFO. */
    static final int FLAVOR = 13;

    /** SSTOP and SZOMB of bsd/sys/proc.h. */
    static final int STOPPED = 4;

    static final int ZOMBIE = 5;

    public int pbsi_pid;
    public int pbsi_ppid;
    public int pbsi_pgid;
    public int pbsi_status;
    /** MAXCOMLEN, bsd/sys/param.h. */
    public byte[] pbsi_comm = new byte[16];

    public int pbsi_flags;
    public int pbsi_uid;
    public int pbsi_gid;
    public int pbsi_ruid;
    public int pbsi_rgid;
    public int pbsi_svuid;
    public int pbsi_svgid;
    public int pbsi_rfu;
}
