package pm.backend.linux;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import pm.api.Setting;
import pm.spi.Containment;
import pm.spi.NativeProcess;

/**
 * A program that contains a detached tree. It prints how, and pids of the tree. Then, for each line of its standard input, the pid of the guard and
 * how often guards were lost and restored. The argument is a folder for cgroups; without one the session chooses.
 */
final class SessionMain {
    private SessionMain() {}

    public static void main(String[] arguments) throws Exception {
        TestSession session =
                TestSession.open(arguments.length == 0 ? Map.of() : Map.of(Setting.CGROUP_ROOT, arguments[0]));
        System.out.println(
                session.session().containment() + " " + session.session().facts());
        Containment containment = session.contain();
        NativeProcess leader = containment.start(TestSession.shell("for i in 1 2 3 4 5; do"
                + " env -i setsid sh -c 'trap \"\" TERM; sh -c \"sleep 1000 & sleep 1000\" & echo $!; wait' & done; "
                + DeadMainThread.DETACHED + " wait"));
        System.out.println(Output.lines(leader, 6).replace('\n', ' '));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println((session.session().helperPids().isEmpty() ? 0 : session.guardPid()) + " "
                    + session.observer().lost.size() + " "
                    + session.observer().restored.size());
        }
    }
}
