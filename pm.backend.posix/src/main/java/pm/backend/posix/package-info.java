/** What the Unix backends share: a support bundle, never a backend itself. */
package pm.backend.posix;
