package io.colonnade.transport.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramesTest {
    private static final int[] LENGTHS = {0, 1, 125, 126, 127, 300, 65_535, 65_536, 70_000, 0};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void mayCloseBetweenFramesOnlyHoweverTheBytesAreCut(long seed) {
        var random = new Random(seed);
        var ends = new HashSet<>(Set.of(0));
        var all = Buffer.buffer();
        for (var length : LENGTHS) {
            append(all, 2, length);
            ends.add(all.length());
        }
        var frames = new WebSocketFrames();
        assertThat(frames.mayClose()).isTrue();
        for (var at = 0; at < all.length(); ) {
            var next = Math.min(all.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 50_000));
            frames.pass(all.getBuffer(at, next));
            at = next;
            assertThat(frames.mayClose()).as("seed %d, at %d", seed, at).isEqualTo(ends.contains(at));
        }
    }

    @Test
    void mayNotCloseTwice() {
        var frames = new WebSocketFrames();
        frames.pass(WebSocketFrames.close(WebSocketFrames.SERVICE_RESTART));
        assertThat(frames.mayClose()).isFalse();
    }

    private static void append(Buffer all, int opcode, int length) {
        all.appendByte((byte) (0x80 | opcode));
        if (length < 126) {
            all.appendByte((byte) length);
        } else if (length < 65_536) {
            all.appendByte((byte) 126).appendUnsignedShort(length);
        } else {
            all.appendByte((byte) 127).appendLong(length);
        }
        all.appendBytes(new byte[length]);
    }
}
