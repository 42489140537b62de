package io.colonnade.it.dns;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Messages that are no longer quite what they were. The same seed gives the same ones. */
final class Mutations {
    private static final int LARGEST = 1400;
    private static final int HEADER = 12;

    private final List<byte[]> originals;
    private final Random random;

    Mutations(List<byte[]> originals, long seed) {
        this.originals = originals;
        this.random = new Random(seed);
    }

    /** The next message, with this ID if it is long enough to have one. */
    byte[] next(int id) {
        var message = random.nextBoolean() ? wronged() : ruined();
        message = message.length > LARGEST ? Arrays.copyOf(message, LARGEST) : message;
        if (message.length > 3 && random.nextInt(4) > 0) {
            // What is no query is not looked into: most keep that they are one.
            message[2] &= 0x07;
        }
        return withId(message, id);
    }

    /** A message with its length before it, which one in four times is a lie. */
    byte[] frame(byte[] message) {
        var length = random.nextInt(4) > 0 ? message.length : random.nextInt(0x10000) >> random.nextInt(16);
        var out = new ByteArrayOutputStream();
        out.write(length >> 8);
        out.write(length);
        out.writeBytes(message);
        return out.toByteArray();
    }

    /** One bit behind the header is another: mostly still a message, of another name, type or option. */
    private byte[] wronged() {
        var message = original();
        if (message.length > HEADER) {
            message[HEADER + random.nextInt(message.length - HEADER)] ^= (byte) (1 << random.nextInt(8));
        }
        return message;
    }

    private byte[] ruined() {
        var message = original();
        for (var left = 1 + random.nextInt(4); left > 0; left--) {
            message = mutate(message);
        }
        return message;
    }

    private byte[] mutate(byte[] message) {
        return switch (random.nextInt(8)) {
            case 0 -> flip(message);
            case 1 -> Arrays.copyOf(message, at(message));
            case 2 -> splice(message, at(message), random(1 + random.nextInt(40)));
            case 3 -> splice(message, at(message), tail(original()));
            case 4 -> splice(message, at(message), tail(message));
            case 5 -> number(message, at(message));
            case 6 -> number(message, 4 + 2 * random.nextInt(4));
            default ->
                splice(message, at(message), new byte[] {(byte) (0xc0 | random.nextInt(4)), (byte) random.nextInt()});
        };
    }

    private byte[] original() {
        return originals.get(random.nextInt(originals.size())).clone();
    }

    private byte[] flip(byte[] message) {
        for (var left = 1 + random.nextInt(8); left > 0 && message.length > 0; left--) {
            message[at(message)] ^= (byte) (1 << random.nextInt(8));
        }
        return message;
    }

    /** Sixteen bits that are a length, a count or a type somewhere, and now are another. */
    private byte[] number(byte[] message, int at) {
        var values = new int[] {0, 1, 2, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, message.length, random.nextInt(0x10000)};
        var value = values[random.nextInt(values.length)];
        if (at + 1 < message.length) {
            message[at] = (byte) (value >> 8);
            message[at + 1] = (byte) value;
        }
        return message;
    }

    private byte[] tail(byte[] message) {
        return message.length <= HEADER
                ? message
                : Arrays.copyOfRange(message, HEADER + random.nextInt(message.length - HEADER), message.length);
    }

    private byte[] random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private int at(byte[] message) {
        return message.length == 0 ? 0 : random.nextInt(message.length);
    }

    private static byte[] splice(byte[] message, int at, byte[] piece) {
        var out = new ByteArrayOutputStream();
        out.write(message, 0, at);
        out.writeBytes(piece);
        out.write(message, at, message.length - at);
        return out.toByteArray();
    }

    private static byte[] withId(byte[] message, int id) {
        if (message.length > 1) {
            message[0] = (byte) (id >> 8);
            message[1] = (byte) id;
        }
        return message;
    }
}
