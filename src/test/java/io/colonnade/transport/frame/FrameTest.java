package io.colonnade.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.Failure;
import io.colonnade.core.NodeId;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE})
    void readsTheNumberItWrote(long number) {
        var bytes = Unpooled.buffer();
        Varint.write(bytes, number);
        assertThat(Varint.read(bytes)).isEqualTo(number);
        assertThat(bytes.isReadable()).isFalse();
    }

    @Test
    void refusesANumberThatNeverEnds() {
        var bytes = Unpooled.buffer().writeZero(20);
        for (var i = 0; i < 20; i++) {
            bytes.setByte(i, 0x80);
        }
        assertThatThrownBy(() -> Varint.read(bytes)).isInstanceOf(MalformedBatchException.class);
    }

    @Test
    void refusesALengthBeyondTheBatch() {
        var bytes = Unpooled.buffer();
        Varint.write(bytes, 1000);
        assertThatThrownBy(() -> Text.read(bytes)).isInstanceOf(MalformedBatchException.class);
    }

    @Test
    void keepsFieldsInOrderWithTheirRepetitionsAndCase() {
        var bytes = Unpooled.buffer();
        var fields = HeadersMultiMap.httpHeaders();
        fields.add("X-b", "1").add("x-A", "caf\u00e9").add("X-b", "2");
        Fields.write(bytes, fields);
        assertThat(Fields.read(bytes, new TextCache()).entries().toString())
                .isEqualTo(fields.entries().toString());
    }

    @Test
    void namesAStreamFromBothEnds() {
        var atOpener = new StreamId(42, true);
        assertThat(StreamId.atReceiver(atOpener.fromSender())).isEqualTo(new StreamId(42, false));
        assertThat(StreamId.atReceiver(new StreamId(42, false).fromSender())).isEqualTo(atOpener);
    }

    @Test
    void carriesAFailure() {
        var bytes = Unpooled.buffer();
        var failure = new Failure(Failure.Kind.NO_ENDPOINT, Failure.Progress.NOTHING, "nobody is there");
        Frame.writeReset(bytes, new StreamId(1, true), failure);
        assertThat(Frame.type(bytes)).isEqualTo(Frame.RESET);
        assertThat(StreamId.atReceiver(Varint.read(bytes)).number()).isEqualTo(1);
        var read = Frame.readReset(bytes);
        assertThat(read.kind()).isEqualTo(failure.kind());
        assertThat(read.progress()).isEqualTo(failure.progress());
        assertThat(read).hasMessage("nobody is there");
    }

    @ParameterizedTest
    @CsvSource({"3, true", "2, true", "1, false", "4, false"})
    void readsABatchInItsOwnProtocolAndInTheOneBefore(int protocol, boolean readable) {
        var bytes = Unpooled.buffer().writeZero(BatchHeader.SIZE);
        bytes.setByte(0, protocol);
        if (readable) {
            assertThat(BatchHeader.read(bytes, 3).protocol()).isEqualTo(protocol);
        } else {
            assertThatThrownBy(() -> BatchHeader.read(bytes, 3))
                    .isInstanceOf(MalformedBatchException.class)
                    .hasMessage("it is written in protocol " + protocol + "; this node speaks 3");
        }
    }

    @Test
    void readsTheHeaderItWrote() {
        var source = new LaneAddress(new NodeId(UUID.randomUUID()), 77, 3);
        var header = new BatchHeader(200, source, -5, 12, 1L << 40);
        var bytes = Unpooled.buffer().writeZero(BatchHeader.SIZE);
        header.write(bytes, 0);
        assertThat(BatchHeader.read(bytes, 200)).isEqualTo(header);
        assertThat(bytes.isReadable()).isFalse();
    }
}
