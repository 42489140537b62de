package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;

/** Writes and reads a constant of an enum as its position. So constants of an enum that is sent are only ever added at the end. */
public final class EnumCodec {
    @SuppressWarnings("EnumOrdinal")
    public static void write(ByteBuf to, Enum<?> choice) {
        to.writeByte(choice.ordinal());
    }

    static <E extends Enum<E>> E read(ByteBuf from, E[] all) {
        var place = from.readUnsignedByte();
        if (place >= all.length) {
            throw new MalformedBatchException("choice " + place + " is not among the " + all.length + " known");
        }
        return all[place];
    }

    private EnumCodec() {}
}
