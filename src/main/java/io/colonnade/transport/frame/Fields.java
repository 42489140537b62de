package io.colonnade.transport.frame;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Iterator;
import java.util.Map;

/** Header and trailer fields in frames, in their order and with their repetitions and case. */
public final class Fields {
    /**
     * Writes the fields and then an empty name. Their number is not written first, because a {@code MultiMap} only knows the number of its
     * names. Throws {@link UnwritableFrameException} if a field has no name: that would end the fields for the reader.
     */
    public static void write(ByteBuf to, MultiMap fields) {
        for (var each = iterator(fields); each.hasNext(); ) {
            var field = each.next();
            if (field.getKey().isEmpty()) {
                throw new UnwritableFrameException("a field has no name");
            }
            Text.write(to, field.getKey());
            Text.write(to, field.getValue());
        }
        to.writeByte(0);
    }

    /** Reads fields. The sender has checked them, so they are not checked again. */
    public static MultiMap read(ByteBuf from, TextCache texts) {
        var fields = HeadersMultiMap.caseInsensitive();
        for (var name = texts.read(from); !name.isEmpty(); name = texts.read(from)) {
            fields.add(name, texts.read(from));
        }
        return fields;
    }

    /** Vert.x's own maps return their entries as they are; {@link MultiMap#entries()} would decode every name and value. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Iterator<Map.Entry<CharSequence, CharSequence>> iterator(MultiMap fields) {
        return fields instanceof HttpHeaders own ? own.iteratorCharSequence() : (Iterator) fields.iterator();
    }

    private Fields() {}
}
