/** The kernel's controllers of cgroups v1 and v2: which file holds which limit and tells which figure. Plain Java over texts. */
package pm.backend.linux.controller;
