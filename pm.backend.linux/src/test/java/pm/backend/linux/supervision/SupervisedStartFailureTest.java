package pm.backend.linux.supervision;

import pm.api.Limits;
import pm.backend.linux.launcher.StartFailureContract;
import pm.backend.linux.launcher.Workbench;
import pm.spi.StartException;
import pm.spi.StartRequest;

class SupervisedStartFailureTest extends StartFailureContract {
    @Override
    protected void start(StartRequest request, Limits limits) throws StartException {
        new Supervision(Workbench.INSTANCE, bench.launching(), bench.exits(), bench.warnings()::add)
                .contain("1", limits, violation -> {})
                .start(request);
    }
}
