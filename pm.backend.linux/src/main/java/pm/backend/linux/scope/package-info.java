/**
 * What {@code pm.backend.linux} wants of systemd: a scope for each tree, where the JVM's own group is not ours. Implemented by the bundle
 * {@code pm.backend.linux.systemd}, which carries the library for D-Bus, so that nobody else needs to.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version(PmApi.VERSION)
package pm.backend.linux.scope;

import pm.api.PmApi;
