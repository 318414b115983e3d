/** Linux system calls through JNA, and nothing else: results become values, refusals {@link pm.backend.linux.kernel.KernelException}. */
package pm.backend.linux.kernel;
