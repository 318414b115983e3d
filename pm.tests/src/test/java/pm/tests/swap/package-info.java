/** Backends that replace ours, and the contract that all of them keep. */
package pm.tests.swap;
