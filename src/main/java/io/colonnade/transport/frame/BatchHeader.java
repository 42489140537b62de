package io.colonnade.transport.frame;

import io.colonnade.core.NodeId;
import io.colonnade.core.Protocol;
import io.netty.buffer.ByteBuf;
import java.util.UUID;

/**
 * The header before the frames of a batch. Its size is fixed, because the numbers are known only when the batch leaves.
 *
 * @param protocol the protocol that the frames are written in
 * @param source the lane it comes from
 * @param incarnation the incarnation of the source's end of the link; a new incarnation has forgotten everything before it
 * @param number the number of the batch: 0, 1, 2 ... within the incarnation
 * @param bytes the bytes of bodies sent in the incarnation, including this batch
 */
public record BatchHeader(int protocol, LaneAddress source, int incarnation, long number, long bytes) {
    public static final int SIZE = 1 + 16 + 8 + 1 + 4 + 8 + 8;

    public void write(ByteBuf to, int at) {
        var node = source.node().value();
        to.setByte(at, protocol);
        to.setLong(at + 1, node.getMostSignificantBits());
        to.setLong(at + 9, node.getLeastSignificantBits());
        to.setLong(at + 17, source.epoch());
        to.setByte(at + 25, source.lane());
        to.setInt(at + 26, incarnation);
        to.setLong(at + 30, number);
        to.setLong(at + 38, bytes);
    }

    /**
     * Reads the header of a batch; throws {@link MalformedBatchException} if this node cannot read what follows it.
     *
     * @param own the protocol that this node speaks
     */
    public static BatchHeader read(ByteBuf from, int own) {
        if (from.readableBytes() < SIZE) {
            throw new MalformedBatchException("a batch has only " + from.readableBytes() + " bytes");
        }
        var protocol = from.readUnsignedByte();
        if (!Protocol.understands(own, protocol)) {
            throw new MalformedBatchException("it is written in protocol " + protocol + "; this node speaks " + own);
        }
        var node = new NodeId(new UUID(from.readLong(), from.readLong()));
        var source = new LaneAddress(node, from.readLong(), from.readUnsignedByte());
        return new BatchHeader(protocol, source, from.readInt(), from.readLong(), from.readLong());
    }
}
