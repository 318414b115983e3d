/** Windows as it is: kernel32, ntdll and user32 through JNA, and the layouts of what they take. Structures are bytes here, and no JNA
 * structures: JNA would hold their classes, and with them the class loader of the bundle, for ever. */
package pm.backend.windows.kernel;
