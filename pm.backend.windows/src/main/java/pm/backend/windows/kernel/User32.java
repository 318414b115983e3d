package pm.backend.windows.kernel;

/** The windows of programs. */
final class User32 {
    static final NativeBinding BINDING = new NativeBinding(User32.class, "user32");

    static {
        BINDING.bind();
    }

    private User32() {}

    static native long FindWindowExW(long parent, long after, long windowClass, long title);

    static native int GetWindowThreadProcessId(long window, int[] pid);

    static native int IsWindowVisible(long window);

    static native long GetWindow(long window, int command);

    static native int PostMessageW(long window, int message, long word, long value);
}
