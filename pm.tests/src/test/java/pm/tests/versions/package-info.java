/**
 * Versions that mean something: callers and backends that were compiled against other versions of the API, on the class path, the module
 * path, Felix and Equinox; and changes of the API that need another version.
 */
package pm.tests.versions;
