/** The process manager: one direction from admission to the proof that a tree is gone. */
package pm.core;
