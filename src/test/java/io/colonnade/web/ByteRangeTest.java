package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=2-5, 2, 4",
        "bytes=2-, 2, 8",
        "bytes=2-99, 2, 8",
        "bytes=-3, 7, 3",
        "bytes=-99, 0, 10",
        "BYTES=9-9, 9, 1"
    })
    void parsesASingleRange(String field, long first, long length) {
        assertThat(ByteRange.parse(field, 10)).isEqualTo(new ByteRange(first, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-11", "bytes=-0"})
    void isUnsatisfiableBeyondTheEnd(String field) {
        assertThat(ByteRange.parse(field, 10)).isSameAs(ByteRange.UNSATISFIABLE);
        assertThat(ByteRange.UNSATISFIABLE.contentRange(10)).isEqualTo("bytes */10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5-2",
                "bytes=-",
                "bytes=a-b",
                "lines=1-2",
                "bytes=0-1,4-5",
                "bytes=0",
                "bytes=9999999999999999999-"
            })
    void ignoresWhatItNeedNotUnderstand(String field) {
        assertThat(ByteRange.parse(field, 10)).isNull();
    }

    @Test
    void ofAnEmptyFileOnlyTheWholeCanBeSent() {
        assertThat(ByteRange.parse("bytes=-5", 0)).isNull();
        assertThat(ByteRange.parse("bytes=0-", 0)).isSameAs(ByteRange.UNSATISFIABLE);
    }
}
