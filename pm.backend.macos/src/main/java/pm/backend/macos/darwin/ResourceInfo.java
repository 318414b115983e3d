package pm.backend.macos.darwin;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** {@code struct rusage_info_v2}, bsd/sys/resource.h of xnu: 160 bytes. Times are in ticks of mach_absolute_time. */
@FieldOrder({
    "ri_uuid",
    "ri_user_time",
    "ri_system_time",
    "ri_pkg_idle_wkups",
    "ri_interrupt_wkups",
    "ri_pageins",
    "ri_wired_size",
    "ri_resident_size",
    "ri_phys_footprint",
    "ri_proc_start_abstime",
    "ri_proc_exit_abstime",
    "ri_child_user_time",
    "ri_child_system_time",
    "ri_child_pkg_idle_wkups",
    "ri_child_interrupt_wkups",
    "ri_child_pageins",
    "ri_child_elapsed_abstime",
    "ri_diskio_bytesread",
    "ri_diskio_byteswritten"
})
public final class ResourceInfo extends Structure {
    /** RUSAGE_INFO_V2. */
    static final int FLAVOR = 2;

    public byte[] ri_uuid = new byte[16];
    public long ri_user_time;
    public long ri_system_time;
    public long ri_pkg_idle_wkups;
    public long ri_interrupt_wkups;
    public long ri_pageins;
    public long ri_wired_size;
    public long ri_resident_size;
    /** What Activity Monitor calls memory: what the process alone makes the system hold. */
    public long ri_phys_footprint;

    public long ri_proc_start_abstime;
    public long ri_proc_exit_abstime;
    public long ri_child_user_time;
    public long ri_child_system_time;
    public long ri_child_pkg_idle_wkups;
    public long ri_child_interrupt_wkups;
    public long ri_child_pageins;
    public long ri_child_elapsed_abstime;
    public long ri_diskio_bytesread;
    public long ri_diskio_byteswritten;
}
