package io.colonnade.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCacheTest {
    private final TextCache texts = new TextCache();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 128, 129, 5000})
    void readsTextOfAnyLength(int length) {
        var text = "x".repeat(length);
        var bytes = written("before", text, "after");
        assertThat(texts.read(bytes).toString()).isEqualTo("before");
        assertThat(texts.read(bytes).toString()).isEqualTo(text);
        assertThat(texts.read(bytes).toString()).isEqualTo("after");
        assertThat(bytes.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128, 129, 5000})
    void readsTextOutsideTheHeap(int length) {
        var text = "x".repeat(length);
        var bytes = Unpooled.directBuffer().writeBytes(written(text, "after"));
        assertThat(texts.read(bytes).toString()).isEqualTo(text);
        assertThat(texts.read(bytes).toString()).isEqualTo("after");
        bytes.release();
        assertThat(texts.read(written(text)).toString()).isEqualTo(text);
    }

    @Test
    void givesTheSameTextAgain() {
        var first = texts.read(written("content-type"));
        assertThat((Object) texts.read(written("content-type"))).isSameAs(first);
    }

    @Test
    void tellsTextsApartThatShareASlot() {
        for (var i = 0; i < 20_000; i++) {
            assertThat(texts.read(written("value-" + i)).toString()).isEqualTo("value-" + i);
        }
    }

    @Test
    void tellsTextsApartThatDifferBetweenTheSamples() {
        for (var i = 0; i < 128; i++) {
            var text = "a".repeat(i) + "b" + "a".repeat(127 - i);
            assertThat(texts.read(written(text)).toString()).isEqualTo(text);
        }
    }

    @Test
    void keepsWhatItReadWhenTheBatchIsUsedAgain() {
        var bytes = written("value");
        var text = texts.read(bytes);
        bytes.setZero(0, bytes.capacity());
        assertThat(text.toString()).isEqualTo("value");
        assertThat(texts.read(written("value")).toString()).isEqualTo("value");
    }

    @Test
    void refusesALengthBeyondTheBatch() {
        var bytes = Unpooled.buffer();
        Varint.write(bytes, 1000);
        assertThatThrownBy(() -> texts.read(bytes)).isInstanceOf(MalformedBatchException.class);
    }

    private static ByteBuf written(String... all) {
        var bytes = Unpooled.buffer();
        for (var text : all) {
            Text.write(bytes, text);
        }
        return bytes;
    }
}
