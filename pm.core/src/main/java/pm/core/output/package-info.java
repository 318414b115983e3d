/**
 * The standard streams of a child: bounded captures, lines, pipe streams of the caller, and what is fed to standard input.
 *
 * <p>Threads: captures and lines are read on the backend's output pump (never blocking, a few reads at a time, so that one
 * chatty child does not keep the others waiting), line consumers and streams of the caller run on the caller's executor, and
 * pipe streams are read and written in the caller's own thread. Nothing here has a thread of its own, and nothing is buffered
 * without a bound: what is not taken stays in the pipe and slows the child.
 */
package pm.core.output;
