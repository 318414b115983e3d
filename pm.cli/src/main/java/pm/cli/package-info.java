/** The {@code pm} command: where it starts, and which subcommand a command line means. Exported for the JVM only, which starts it by name. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version(PmApi.VERSION)
package pm.cli;

import pm.api.PmApi;
