package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.spi.merge.MergingValue;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LastWriteTest {
    private final LastWrite policy = new LastWrite();

    /** Its raw form is this object itself. */
    private record Value(long stamp) implements MergingValue<byte[]> {
        @Override
        public byte[] getDeserializedValue() {
            return ByteBuffer.allocate(Long.BYTES).putLong(stamp).array();
        }

        @Override
        public Object getRawValue() {
            return this;
        }
    }

    @Test
    void keepsWhatWasWrittenLastOnWhicheverSide() {
        var earlier = new Value(1000);
        var later = new Value(2000);

        assertThat(policy.merge(later, earlier)).isSameAs(later);
        assertThat(policy.merge(earlier, later)).isSameAs(later);
    }

    @Test
    void keepsWhatOnlyOneSideHas() {
        var only = new Value(1000);

        assertThat(policy.merge(only, null)).isSameAs(only);
        assertThat(policy.merge(null, only)).isSameAs(only);
    }
}
