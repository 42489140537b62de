package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.spi.merge.MergingValue;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class LastWriteTest {
    private final LastWrite policy = new LastWrite();

    private record Value(byte[] stored) implements MergingValue<byte[]> {
        @Override
        public byte[] getDeserializedValue() {
            return stored;
        }

        @Override
        public Object getRawValue() {
            return stored;
        }
    }

    @Test
    void keepsWhatWasWrittenLastOnWhicheverSide() {
        var earlier = written(1000);
        var later = written(2000);

        assertThat(policy.merge(later, earlier)).isSameAs(later.stored());
        assertThat(policy.merge(earlier, later)).isSameAs(later.stored());
    }

    @Test
    void keepsWhatOnlyOneSideHas() {
        var only = written(1000);

        assertThat(policy.merge(only, null)).isSameAs(only.stored());
        assertThat(policy.merge(null, only)).isSameAs(only.stored());
    }

    private static Value written(long millis) {
        return new Value(StoredValue.of(Buffer.buffer("value"), millis));
    }
}
