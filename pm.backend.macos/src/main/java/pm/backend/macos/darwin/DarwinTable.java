package pm.backend.macos.darwin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import pm.backend.macos.tree.ProcessRecord;
import pm.backend.macos.tree.ProcessTable;
import pm.backend.macos.tree.TreeIds;
import pm.backend.posix.libc.Libc;

/** The processes of macOS, as libproc tells of them. */
final class DarwinTable implements ProcessTable {
    @Override
    public List<Integer> pids() {
        return Arrays.stream(Libproc.pids()).boxed().toList();
    }

    /** Two questions, since the one that answers both is refused for processes of other users. */
    @Override
    public Optional<ProcessRecord> find(int pid) {
        Optional<UniqueIdentifierInfo> unique = Libproc.unique(pid);
        return unique.flatMap(id -> Libproc.brief(pid).map(brief -> record(id, brief, Libc.getsid(pid))));
    }

    /** A session of -1 is that of a zombie, which getsid(2) does not know. */
    static ProcessRecord record(UniqueIdentifierInfo id, ShortInfo brief, int session) {
        return new ProcessRecord(
                id.p_uniqueid,
                id.p_puniqueid,
                brief.pbsi_pid,
                brief.pbsi_ppid,
                brief.pbsi_pgid,
                Math.max(0, session),
                state(brief.pbsi_status));
    }

    private static ProcessRecord.State state(int status) {
        return switch (status) {
            case ShortInfo.STOPPED -> ProcessRecord.State.STOPPED;
            case ShortInfo.ZOMBIE -> ProcessRecord.State.ZOMBIE;
            default -> ProcessRecord.State.RUNNING;
        };
    }

    @Override
    public boolean isMarked(ProcessRecord process, TreeIds ids) {
        return ArgumentsCall.read(process.pid())
                .map(arguments -> ids.areIn(arguments.environment()))
                .orElse(false);
    }
}
