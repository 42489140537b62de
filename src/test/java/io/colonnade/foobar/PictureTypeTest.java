package io.colonnade.foobar;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTypeTest {
    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a0000000d49484452, PNG",
        "ffd8ffe000104a464946000101000000, JPEG",
        "474946383961010001008000,         GIF",
        "474946383761,                     GIF",
        "524946462400000057454250,         WEBP",
    })
    void tellsTheTypeByTheFirstBytes(String head, PictureType type) {
        assertThat(PictureType.of(bytes(head))).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "89504e470d0a1a", // PNG cut off
                "524946462400000057415645", // RIFF with sound
                "5249464624000000", // RIFF cut off
                "3c73766720786d6c6e733d22687474703a2f2f", // SVG, which can hold scripts
                "3c68746d6c3e", // HTML
                "0089504e470d0a1a0a", // PNG not at the start
            })
    void knowsNoOtherType(String head) {
        assertThat(PictureType.of(bytes(head))).isEmpty();
    }

    @Test
    void namesTheMediaType() {
        assertThat(PictureType.JPEG.mediaType()).isEqualTo("image/jpeg");
    }

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex));
    }
}
