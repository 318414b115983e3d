package pm.backend.linux.supervision;

import pm.backend.linux.launcher.StartingContract;
import pm.spi.NativeProcess;
import pm.spi.StartException;
import pm.spi.StartRequest;

class SupervisedStartTest extends StartingContract {
    @Override
    protected NativeProcess start(StartRequest request) throws StartException {
        return new Supervision("workbench", bench.launching(), bench.exits(), bench.warnings()::add)
                .contain("1")
                .start(request);
    }
}
