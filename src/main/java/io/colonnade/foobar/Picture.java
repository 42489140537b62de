package io.colonnade.foobar;

/**
 * What is known about a picture without its bytes.
 *
 * @param size in bytes, 1 to {@link #MAX_SIZE}
 * @param digest SHA-256 of its bytes, 64 hexadecimal digits
 */
record Picture(PictureType type, int size, String digest) {
    static final int MAX_SIZE = 10 * 1024 * 1024;

    /** How many bytes are read, stored and sent at a time; the last part has what remains. */
    static final int PART_SIZE = 256 * 1024;

    int parts() {
        return (size + PART_SIZE - 1) / PART_SIZE;
    }
}
