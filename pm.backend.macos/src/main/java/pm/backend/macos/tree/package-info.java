/** Who belongs to a tree, and how it is ended: decisions over tables of processes, without native calls. */
package pm.backend.macos.tree;
