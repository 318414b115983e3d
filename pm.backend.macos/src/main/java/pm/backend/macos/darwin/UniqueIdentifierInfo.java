package pm.backend.macos.darwin;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** {@code struct proc_uniqidentifierinfo}, bsd/sys/proc_info_private.h of xnu: 56 bytes. */
@FieldOrder({"p_uuid", "p_uniqueid", "p_puniqueid", "p_idversion", "p_orig_ppidversion", "p_reserve2", "p_reserve3"})
public final class UniqueIdentifierInfo extends Structure {
    /** PROC_PIDUNIQIDENTIFIERINFO. */
    static final int FLAVOR = 17;

    public byte[] p_uuid = new byte[16];
    public long p_uniqueid;
    /** Of the process that forked it; it does not change with the parent (p_puniqueid, bsd/sys/proc_internal.h). */
    public long p_puniqueid;

    public int p_idversion;
    public int p_orig_ppidversion;
    public long p_reserve2;
    public long p_reserve3;
}
