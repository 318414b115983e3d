/** Trees at work: started, watched, signalled, limited by samples, proven gone. What the system itself does is behind small interfaces. */
package pm.backend.macos.process;
