package pm.core.process;

import java.util.ArrayList;
import java.util.List;
import pm.api.LimitViolation;
import pm.api.ProcessSpec;
import pm.api.ProcessTree;

/** Hides the words that a caller masks wherever the system shows a command: in members of the tree, in victims, and in why a start failed. Immutable. */
final class WordMask {
    private final List<String> secrets;

    private WordMask(List<String> secrets) {
        this.secrets = secrets;
    }

    /** Of the words that are shown as something else. */
    static WordMask of(ProcessSpec spec) {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < spec.command().size(); i++) {
            String word = spec.command().get(i);
            if (!word.equals(spec.shownCommand().get(i)) && !word.isEmpty()) {
                secrets.add(word);
            }
        }
        return new WordMask(List.copyOf(secrets));
    }

    /** Whether there is nothing to hide. */
    boolean isEmpty() {
        return secrets.isEmpty();
    }

    String apply(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }

    ProcessTree.Node apply(ProcessTree.Node node) {
        return isEmpty()
                ? node
                : new ProcessTree.Node(
                        node.pid(), node.parentPid(), apply(node.command()), node.state(), node.startTime());
    }

    LimitViolation apply(LimitViolation violation) {
        return isEmpty()
                ? violation
                : new LimitViolation(
                        violation.kind(),
                        violation.times(),
                        apply(violation.detail()),
                        violation
                                .victim()
                                .map(victim -> new LimitViolation.Victim(victim.pid(), apply(victim.command()))));
    }
}
