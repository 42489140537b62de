package io.colonnade.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * When two clusters become one, keeps of each entry the value that was written last, by the time that the members had agreed on
 * before they were parted (see {@link ClusterTime}). An entry that only one cluster has is kept. So an entry that was removed on
 * one side while the other side still had it is back.
 */
public final class LastWrite implements SplitBrainMergePolicy<byte[], MergingValue<byte[]>, Object> {
    @Override
    public @Nullable Object merge(@Nullable MergingValue<byte[]> merging, @Nullable MergingValue<byte[]> present) {
        if (merging == null || present == null) {
            var only = merging == null ? present : merging;
            return only == null ? null : only.getRawValue();
        }
        return written(merging) > written(present) ? merging.getRawValue() : present.getRawValue();
    }

    private static long written(MergingValue<byte[]> value) {
        return StoredValues.stamp(value.getDeserializedValue());
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // has no state
    }

    @Override
    public void readData(ObjectDataInput in) {
        // has no state
    }
}
