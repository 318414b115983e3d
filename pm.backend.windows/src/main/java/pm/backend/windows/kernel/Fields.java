package pm.backend.windows.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a structure, its members by their offsets. Windows is little-endian on every processor that it has. */
final class Fields {
    private final byte[] bytes;
    private final ByteBuffer view;

    /** All zero. */
    Fields(int size) {
        bytes = new byte[size];
        view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    Fields put(int offset, int value) {
        view.putInt(offset, value);
        return this;
    }

    Fields put(int offset, long value) {
        view.putLong(offset, value);
        return this;
    }

    int integer(int offset) {
        return view.getInt(offset);
    }

    long wide(int offset) {
        return view.getLong(offset);
    }

    /** The bytes themselves. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return bytes.length;
    }
}
