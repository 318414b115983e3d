package pm.tests.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.options;

import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import pm.api.ProcessSpec;

/** The bundle of the bridges where neither Event Admin nor health checks are. */
public class WithoutBridgesIT extends InFramework {
    @Override
    Option[] further() {
        return options(installed("pm.osgi"));
    }

    @Test
    public void everythingResolvesAndWorks() throws Exception {
        assertThat(ownBundle("pm.osgi").getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(manager().run(ProcessSpec.of("true")).isSuccess()).isTrue();
    }
}
