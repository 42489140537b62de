package io.colonnade.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an entry, where it lives and on its backup, if it still has the expected value. {@code IMap.replace} does the same
 * but blocks.
 *
 * <p>Hazelcast runs it again when the owner dies before it has answered. As no two values are equal (see {@link StoredValues}),
 * the second run finds the value of the first one and counts as done.
 */
final class CompareAndSet implements EntryProcessor<String, byte[], Boolean>, IdentifiedDataSerializable {
    static final int FACTORY = 1;
    static final int TYPE = 1;
    private static final long serialVersionUID = 1;

    private byte @Nullable [] expected;
    private byte @Nullable [] next;

    /** For Hazelcast, which then calls {@link #readData}. */
    CompareAndSet() {}

    /**
     * Makes the change of one entry.
     *
     * @param expected null for "no entry"
     * @param next null to remove the entry
     */
    CompareAndSet(byte @Nullable [] expected, byte @Nullable [] next) {
        this.expected = expected;
        this.next = next;
    }

    @Override
    @SuppressWarnings("NullAway") // setValue(null) is how Hazelcast removes an entry
    public Boolean process(Map.Entry<String, byte[]> entry) {
        var present = entry.getValue();
        if (Arrays.equals(present, next)) {
            return true;
        }
        if (!Arrays.equals(present, expected)) {
            return false;
        }
        entry.setValue(next);
        return true;
    }

    @Override
    public int getFactoryId() {
        return FACTORY;
    }

    @Override
    public int getClassId() {
        return TYPE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByteArray(expected);
        out.writeByteArray(next);
        out.writeLong(0); // once a time to live; nodes of protocol 2 read it
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        expected = in.readByteArray();
        next = in.readByteArray();
        in.readLong();
    }
}
