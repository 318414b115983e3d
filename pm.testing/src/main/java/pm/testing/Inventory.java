package pm.testing;

import java.util.Map;

/** One kind of thing that a test suite may leave behind. */
interface Inventory {
    /**
     * Looks at the system.
     *
     * @return what exists now: an identity that stays the same while the thing lives, and words for a reader
     */
    Map<String, String> take();

    /** The same before the tests, with what others keep: when they end and leave it, it is still not of these tests. */
    default Map<String, String> takeBefore() {
        return take();
    }
}
