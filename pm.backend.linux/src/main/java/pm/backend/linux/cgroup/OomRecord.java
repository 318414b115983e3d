package pm.backend.linux.cgroup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel logs when it kills for want of memory (mm/oom_kill.c, dump_oom_victim).
 *
 * @param group of the killed process, as a path from the root of the hierarchy
 * @param command its name
 * @param pid its id, in the first PID namespace
 */
record OomRecord(String group, String command, long pid) {
    // Greedy, for a group's name may hold commas; a command's name has up to 15 bytes and may hold anything.
    private static final Pattern LINE =
            Pattern.compile("oom-kill:constraint=.*,task_memcg=(.*),task=(.*),pid=(\\d+),uid=\\d+");

    /** Of a record of /dev/kmsg: {@code priority,number,time,flags;message} and lines of keys (dev-kmsg ABI). */
    static Optional<OomRecord> parse(String record) {
        String line = record.lines().findFirst().orElse("");
        Matcher matcher = LINE.matcher(line.substring(line.indexOf(';') + 1));
        return matcher.matches()
                ? Optional.of(new OomRecord(matcher.group(1), matcher.group(2), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** Whether it is about a process of a group or of one below it. */
    boolean isIn(String pathEnd) {
        return group.endsWith(pathEnd) || group.contains(pathEnd + "/");
    }
}
