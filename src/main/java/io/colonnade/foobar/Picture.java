package io.colonnade.foobar;

/**
 * The properties of a picture, without its bytes.
 *
 * @param size in bytes, 1 to {@link #MAX_SIZE}
 * @param digest SHA-256 of its bytes, 64 hexadecimal digits
 */
record Picture(PictureType type, int size, String digest) {
    static final int MAX_SIZE = 10 * 1024 * 1024;

    /** The bytes of a part. Pictures are read, stored and sent by parts; the last part is what remains. */
    static final int PART_SIZE = 256 * 1024;

    int parts() {
        return (size + PART_SIZE - 1) / PART_SIZE;
    }
}
