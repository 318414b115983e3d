package pm.backend.linux.launcher;

import pm.api.Limits;
import pm.spi.StartException;
import pm.spi.StartRequest;

class ExecFailureTest extends StartFailureContract {
    @Override
    protected void start(StartRequest request, Limits limits) throws StartException {
        bench.launching().exec(request, ProcessLimits.of(limits));
    }
}
