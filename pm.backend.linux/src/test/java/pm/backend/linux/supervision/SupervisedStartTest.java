package pm.backend.linux.supervision;

import pm.api.Limits;
import pm.backend.linux.launcher.StartingContract;
import pm.backend.linux.launcher.Workbench;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

class SupervisedStartTest extends StartingContract {
    @Override
    protected NativeProcess start(StartRequest request, Limits limits) throws StartException {
        return new Supervision(Workbench.INSTANCE, bench.launching(), bench.exits(), bench.warnings()::add)
                .contain("1", limits, violation -> {})
                .start(request);
    }
}
