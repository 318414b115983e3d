package pm.osgi.health;

import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import pm.api.Health;
import pm.api.ProcessManager;

/** Checks all managers when it is asked, under the tag {@code pm}. Safe for use by any thread. */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=Process managers", HealthCheck.TAGS + "=pm", HealthCheck.MBEAN_NAME + "=pm"})
public final class ProcessHealthCheck implements HealthCheck {
    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ProcessManager> managers;

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        List<ProcessManager> now = managers;
        if (now.isEmpty()) {
            log.critical("There is no process manager: pm:doctor says why");
        }
        for (ProcessManager manager : now) {
            for (Health.Check check : manager.health().checks()) {
                String text = manager.instanceId() + ", " + check.name() + ": " + check.detail();
                switch (check.status()) {
                    case OK -> log.info("{}", text);
                    case WARNING -> log.warn("{}", text);
                    case CRITICAL -> log.critical("{}", text);
                }
            }
        }
        return new Result(log);
    }
}
