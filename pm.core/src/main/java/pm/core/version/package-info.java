/** Which compiled versions of the API the installed one serves. */
package pm.core.version;
