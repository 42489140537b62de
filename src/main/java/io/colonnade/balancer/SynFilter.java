package io.colonnade.balancer;

import io.netty.channel.Channel;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes a listening socket deaf to new connections, while those that are being made still come through. A client that is not
 * heard asks again a second later (RFC 6298 section 2), and then another socket of the port answers.
 *
 * <p>Without this a connection is reset whose handshake runs, or that waits to be accepted, when the socket is closed; Linux
 * hands those over to another socket of the port only with {@code net.ipv4.tcp_migrate_req=1}, which is off by default.
 *
 * <p>It is a classic BPF program on the socket, which needs no privilege (socket(7), SO_ATTACH_FILTER). It sees a segment from its TCP
 * header on.
 */
final class SynFilter {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;

    private static final int INSTRUCTIONS = 5;
    private static final int INSTRUCTION_BYTES = 8;

    /** {@code struct sock_fprog} on a machine of 64 bits: the number of instructions, and where they are. */
    private static final int PROGRAM_BYTES = 16;

    private static final RawUnixChannelOption OPTION =
            new RawUnixChannelOption("SO_ATTACH_FILTER", SOL_SOCKET, SO_ATTACH_FILTER, PROGRAM_BYTES);

    private SynFilter() {}

    /** Whether it could be set; only Linux's native sockets know it. */
    static boolean set(Channel listener) {
        if (!(listener instanceof UnixChannel)) {
            return false;
        }
        var memory = ByteBuffer.allocateDirect(PROGRAM_BYTES + INSTRUCTIONS * INSTRUCTION_BYTES)
                .order(ByteOrder.nativeOrder());
        memory.putShort(0, (short) INSTRUCTIONS);
        memory.putLong(8, Buffer.memoryAddress(memory) + PROGRAM_BYTES);
        writeCode(memory.position(PROGRAM_BYTES));
        return listener.config().setOption(OPTION, memory.position(0).limit(PROGRAM_BYTES));
    }

    private static void writeCode(ByteBuffer code) {
        instruction(code, 0x30, 0, 0, 13); // load the byte with the flags
        instruction(code, 0x54, 0, 0, 0x12); // of them, SYN and ACK
        instruction(code, 0x15, 0, 1, 0x02); // SYN alone begins a connection
        instruction(code, 0x06, 0, 0, 0); // drop it
        instruction(code, 0x06, 0, 0, -1); // pass everything else
    }

    private static void instruction(ByteBuffer code, int operation, int ifTrue, int ifFalse, int operand) {
        code.putShort((short) operation).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
    }
}
