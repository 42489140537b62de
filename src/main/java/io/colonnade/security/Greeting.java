package io.colonnade.security;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What an end that connects says about itself.
 *
 * @param secrets the ids of the secrets that it accepts, the one it uses first
 */
record Greeting(String cluster, int protocol, List<Long> secrets) {
    private static final int MOST_SECRETS = 2;

    static Greeting of(Party self) {
        var ids = self.secrets().accepted().stream().map(ClusterSecret::id).toList();
        return new Greeting(self.cluster(), self.protocol(), ids);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(cluster);
        out.writeByte(protocol);
        out.writeByte(secrets.size());
        for (var id : secrets) {
            out.writeLong(id);
        }
    }

    static Greeting read(DataInputStream in) throws IOException {
        var cluster = in.readUTF();
        var protocol = in.readUnsignedByte();
        var ids = LongStream.builder();
        var count = in.readUnsignedByte();
        if (count < 1 || count > MOST_SECRETS) {
            throw new IOException("the greeting names " + count + " secrets");
        }
        for (var i = 0; i < count; i++) {
            ids.add(in.readLong());
        }
        return new Greeting(cluster, protocol, ids.build().boxed().toList());
    }
}
