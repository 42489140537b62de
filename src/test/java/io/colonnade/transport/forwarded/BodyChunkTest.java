package io.colonnade.transport.forwarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class BodyChunkTest {
    private static final int LARGE = 16 * 1024;

    private final ByteBuf batch = Unpooled.directBuffer().writeZero(2 * LARGE);

    @Test
    void keepsTheBatchUntilItHasBeenWritten() {
        var written = Promise.<Void>promise();
        var piece = BodyChunk.lent(batch, LARGE);
        batch.release();
        var future = piece.write(bytes -> written.future());
        assertThat(batch.refCnt()).isEqualTo(1);
        written.complete();
        assertThat(future.succeeded()).isTrue();
        assertThat(batch.refCnt()).isZero();
    }

    @Test
    void givesTheBatchBackWhenItCannotBeWritten() {
        var written = Promise.<Void>promise();
        var future = BodyChunk.lent(batch, LARGE).write(bytes -> written.future());
        written.fail("closed");
        assertThat(future.failed()).isTrue();
        assertThat(batch.refCnt()).isEqualTo(1);
    }

    @Test
    void givesTheBatchBackWhenItIsDropped() {
        BodyChunk.lent(batch, LARGE).drop();
        assertThat(batch.refCnt()).isEqualTo(1);
    }

    @Test
    void lendsOnlyMuchOfCountedMemory() {
        assertThat(BodyChunk.worthLending(batch, LARGE)).isTrue();
        assertThat(BodyChunk.worthLending(batch, LARGE - 1)).isFalse();
        assertThat(BodyChunk.worthLending(Unpooled.buffer(), LARGE)).isFalse();
    }

    @Test
    void givesTheBatchBackWhenTheWriterThrows() {
        var piece = BodyChunk.lent(batch, LARGE);
        assertThatThrownBy(() -> piece.write(bytes -> {
                    throw new IllegalStateException("no length");
                }))
                .hasMessage("no length");
        assertThat(batch.refCnt()).isEqualTo(1);
    }
}
