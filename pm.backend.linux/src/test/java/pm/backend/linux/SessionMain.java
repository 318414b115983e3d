package pm.backend.linux;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import pm.api.Setting;
import pm.spi.Containment;
import pm.spi.NativeProcess;

/**
 * A program that contains a detached tree and then obeys its standard input: {@code status} prints the guard's pid and how often guards were lost
 * and restored. The first argument is the folder of a cgroup, or empty for supervision.
 */
final class SessionMain {
    private SessionMain() {}

    public static void main(String[] arguments) throws Exception {
        String root = arguments[0];
        TestSession session = TestSession.open(
                root.isEmpty() ? Map.of(Setting.CONTAINMENT, "supervision") : Map.of(Setting.CGROUP_ROOT, root));
        Containment containment = session.contain();
        NativeProcess leader = containment.start(
                TestSession.shell(
                        "for i in 1 2 3 4 5; do"
                                + " env -i setsid sh -c 'trap \"\" TERM; sh -c \"sleep 1000 & sleep 1000\" & echo $!; wait' & done; wait"));
        System.out.println(Output.lines(leader, 5).replace('\n', ' '));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println((session.session().helperPids().isEmpty() ? 0 : session.guardPid()) + " "
                    + session.observer().lost.size() + " "
                    + session.observer().restored.size());
        }
    }
}
