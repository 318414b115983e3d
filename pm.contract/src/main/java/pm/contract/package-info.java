/**
 * The contract of backends as tests, for whoever writes one: extend {@link pm.contract.BackendContract}. What is asked for is what the
 * documentation of {@link pm.spi} promises, and it is asked of the operating system.
 *
 * <p>Nothing here knows an operating system but {@link pm.contract.PosixPrograms}, {@link pm.contract.WindowsPrograms} and
 * {@link pm.contract.OperatingSystem}.
 */
@Export
@Version(PmApi.VERSION)
package pm.contract;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
import pm.api.PmApi;
