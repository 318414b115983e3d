package pm.backend.linux.launcher;

import pm.spi.StartException;
import pm.spi.StartRequest;

class ExecFailureTest extends StartFailureContract {
    @Override
    protected void start(StartRequest request) throws StartException {
        bench.launching().exec(request);
    }
}
