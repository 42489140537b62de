package io.colonnade.security;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Why a handshake ended without agreement, as the end that accepted the connection says it.
 *
 * @param joined whether that end is a member of its cluster
 * @param personal whether its secret is only its user's own
 * @param lowest the lowest protocol among the members of its cluster
 * @param highest the highest protocol among them
 */
public record Refusal(Reason reason, boolean joined, boolean personal, int lowest, int highest) {
    /** What is wrong with the end that connected. */
    public enum Reason {
        /** It says nothing that a node says. */
        NO_NODE(1),
        /** Its handshake is of another version. */
        OTHER_HANDSHAKE(2),
        OTHER_CLUSTER(3),
        /** It has, or can prove, no secret that is accepted. */
        OTHER_SECRET(4),
        /** Its protocol is too far from that of a member. */
        OTHER_PROTOCOL(5);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        private static Reason of(int code) throws IOException {
            return Arrays.stream(values())
                    .filter(reason -> reason.code == code)
                    .findFirst()
                    .orElseThrow(() -> new IOException("the refusal has the unknown reason " + code));
        }
    }

    static Refusal of(Reason reason, Party self) {
        return new Refusal(reason, self.joined(), self.secrets().personal(), self.lowest(), self.highest());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeByte(reason.code);
        out.writeBoolean(joined);
        out.writeBoolean(personal);
        out.writeByte(lowest);
        out.writeByte(highest);
    }

    static Refusal read(DataInputStream in) throws IOException {
        return new Refusal(
                Reason.of(in.readUnsignedByte()),
                in.readBoolean(),
                in.readBoolean(),
                in.readUnsignedByte(),
                in.readUnsignedByte());
    }
}
