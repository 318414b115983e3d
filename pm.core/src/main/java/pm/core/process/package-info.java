/**
 * One process from its spawn until nothing of its tree is left.
 *
 * <p>{@link pm.core.process.Spawner} goes the way of one spawn in the caller's thread: admission, limits, container, start, registry. From
 * then on the tree belongs to its {@code Supervision}, a small state machine with a lock of its own, which is never held during a wait, a
 * system call, a callback or an event.
 *
 * <p>Which thread runs what:
 * <ul>
 *   <li>the backend's exit watcher only notes that the leader has ended or the tree is empty, and hands on;
 *   <li>{@code pm-<instance>-timer} only lets time pass: deadlines and the waits between the steps of an escalation;
 *   <li>{@code pm-<instance>-worker-1..4} do what asks the system: looks at a tree, signals, kills, samples of CPU time, removal of
 *       containers. They never wait for a process;
 *   <li>{@code pm-<instance>-completion-1} runs what callers attach to {@link pm.api.ManagedProcess#onExit()}: an action that blocks there
 *       delays other actions, never a deadline or a kill;
 *   <li>the backend's output pump reads captures and lines; streams and consumers of the caller run in the caller's threads.
 * </ul>
 *
 * <p>All of these threads are started when a manager is opened, and end when it is closed. Whatever a tree's end needs is a
 * {@link pm.core.process.Step} that is made when the tree is born: to ask for one needs no memory and no thread, and one that throws is run
 * again. So a tree that uses up the threads or the descriptors that the system has for this user, or a program that fills the heap, delays the
 * end of a tree but does not prevent it.
 */
package pm.core.process;
