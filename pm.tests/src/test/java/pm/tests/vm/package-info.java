/**
 * What runs inside the virtual machine of {@code pm.tests/vm}, in each {@link pm.tests.vm.Mode}, on Debian 12, 13 or both: one cgroup v2
 * hierarchy with all controllers, with and without systemd. The kernel is asked, in {@code /proc} and in the folders of the control groups.
 */
package pm.tests.vm;
