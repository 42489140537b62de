package io.colonnade.transport.link;

import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.StreamId;

/** Takes the streams that other members open. */
@FunctionalInterface
public interface Acceptor {
    /** Makes this lane's end of a stream, and {@linkplain Link#add adds} it to the link. */
    void accept(Link link, StreamId id, RequestHead head);
}
