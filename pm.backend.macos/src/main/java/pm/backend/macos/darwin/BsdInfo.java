package pm.backend.macos.darwin;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** {@code struct proc_bsdinfo}, bsd/sys/proc_info.h of xnu: 136 bytes. Of our own user's processes only. */
@FieldOrder({
    "pbi_flags",
    "pbi_status",
    "pbi_xstatus",
    "pbi_pid",
    "pbi_ppid",
    "pbi_uid",
    "pbi_gid",
    "pbi_ruid",
    "pbi_rgid",
    "pbi_svuid",
    "pbi_svgid",
    "rfu_1",
    "pbi_comm",
    "pbi_name",
    "pbi_nfiles",
    "pbi_pgid",
    "pbi_pjobc",
    "e_tdev",
    "e_tpgid",
    "pbi_nice",
    "pbi_start_tvsec",
    "pbi_start_tvusec"
})
public final class BsdInfo extends Structure {
    /** PROC_PIDTBSDINFO. */
    static final int FLAVOR = 3;

    public int pbi_flags;
    public int pbi_status;
    /** The wait status of a zombie. */
    public int pbi_xstatus;

    public int pbi_pid;
    public int pbi_ppid;
    public int pbi_uid;
    public int pbi_gid;
    public int pbi_ruid;
    public int pbi_rgid;
    public int pbi_svuid;
    public int pbi_svgid;
    public int rfu_1;
    public byte[] pbi_comm = new byte[16];
    public byte[] pbi_name = new byte[32];
    public int pbi_nfiles;
    public int pbi_pgid;
    public int pbi_pjobc;
    public int e_tdev;
    public int e_tpgid;
    public int pbi_nice;
    public long pbi_start_tvsec;
    public long pbi_start_tvusec;
}
