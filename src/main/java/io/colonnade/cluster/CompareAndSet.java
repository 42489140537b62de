package io.colonnade.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an entry, where it lives and on its backup, if it still has the expected value. {@code IMap.replace} does the same
 * but blocks, and does not renew the time-out on the backup.
 *
 * <p>Hazelcast runs it again when the owner dies before it has answered. As no two values are equal (see {@link StoredValues}),
 * the second run finds the value of the first one and counts as done.
 */
final class CompareAndSet implements EntryProcessor<String, byte[], Boolean>, IdentifiedDataSerializable {
    static final int FACTORY = 1;
    private static final long serialVersionUID = 1;

    private byte @Nullable [] expected;
    private byte @Nullable [] next;
    private long maxIdleMillis;

    /** For Hazelcast, which then calls {@link #readData}. */
    CompareAndSet() {}

    /**
     * Makes the change of one entry.
     *
     * @param expected null for "no entry"
     * @param next null to remove the entry
     * @param maxIdleMillis after how long the entry is removed by itself; 0 for never
     */
    CompareAndSet(byte @Nullable [] expected, byte @Nullable [] next, long maxIdleMillis) {
        this.expected = expected;
        this.next = next;
        this.maxIdleMillis = maxIdleMillis;
    }

    @Override
    public Boolean process(Map.Entry<String, byte[]> entry) {
        var present = entry.getValue();
        if (Arrays.equals(present, next)) {
            return true;
        }
        if (!Arrays.equals(present, expected)) {
            return false;
        }
        replace((ExtendedMapEntry<String, byte[]>) entry);
        return true;
    }

    @SuppressWarnings("NullAway") // setValue(null) is how Hazelcast removes an entry
    private void replace(ExtendedMapEntry<String, byte[]> entry) {
        if (next != null && maxIdleMillis > 0) {
            entry.setValue(next, maxIdleMillis, TimeUnit.MILLISECONDS);
        } else {
            entry.setValue(next);
        }
    }

    @Override
    public int getFactoryId() {
        return FACTORY;
    }

    @Override
    public int getClassId() {
        return 1;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(expected);
        out.writeByteArray(next);
        out.writeLong(maxIdleMillis);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        expected = in.readByteArray();
        next = in.readByteArray();
        maxIdleMillis = in.readLong();
    }
}
