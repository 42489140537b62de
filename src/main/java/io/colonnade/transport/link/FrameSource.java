package io.colonnade.transport.link;

/** What takes turns in the batches of a link: a frame of each source that has something to send. */
interface FrameSource {
    /** Notes that it waits for its turn; false if it did already, or has nothing to send. */
    boolean enqueue();

    /** Its turn has come. */
    void dequeued();

    /** Whether a frame could be sent if the link had room for it. */
    boolean sendable();

    /** Bytes that wait to be sent. */
    long waiting();

    /**
     * Writes a frame with data or the end, or both frames, into the link's output.
     *
     * @param room bytes of data that may be sent, more than 0
     * @return the bytes of data that were
     */
    int sendFrames(int room);
}
