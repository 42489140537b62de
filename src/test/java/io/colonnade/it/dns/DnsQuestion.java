package io.colonnade.it.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The message that a row of the table sends: as its words say, however wrong. */
final class DnsQuestion {
    static final byte[] CLIENT_COOKIE = HexFormat.of().parseHex("0102030405060708");

    private static final int COOKIE = 10;
    private static final int PAYLOAD = 1232;
    private static final Pattern REPEATED = Pattern.compile("\\{(..)\\+(\\d+)\\*(..)}");

    private final List<String> words;
    private final boolean raw;

    private DnsQuestion(List<String> words, boolean raw) {
        this.words = words;
        this.raw = raw;
    }

    static DnsQuestion of(Row row) {
        return new DnsQuestion(List.of(row.one("ask", "send").split("\\s+")), row.has("send"));
    }

    /** A plain query, in the words of the table. */
    static DnsQuestion of(String words) {
        return new DnsQuestion(List.of(words.split("\\s+")), false);
    }

    List<DnsTransport> transports() {
        return namesTransport() ? List.of(DnsTransport.of(words.get(0))) : List.of(DnsTransport.values());
    }

    boolean echoesACookie() {
        return words.contains("cookie-echo");
    }

    /** @param cookie the server's, if it is to be echoed */
    byte[] encode(int id, byte[] cookie) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            if (raw) {
                encodeRaw(id, out);
            } else {
                encode(id, cookie, out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void encodeRaw(int id, DataOutputStream out) throws IOException {
        var text = String.join("", words.subList(namesTransport() ? 1 : 0, words.size()));
        if (!text.equals("empty")) {
            out.writeShort(id);
            out.write(hex(REPEATED.matcher(text)
                    .replaceAll(found -> found.group(1) + found.group(3).repeat(Integer.parseInt(found.group(2))))));
        }
    }

    private void encode(int id, byte[] cookie, DataOutputStream out) throws IOException {
        var opts = words.contains("edns-twice") ? 2 : hasEdns() ? 1 : 0;
        out.writeShort(id);
        out.writeShort(flags());
        out.writeShort(number("qdcount", 1));
        out.writeShort(number("ancount", 0));
        out.writeShort(0);
        out.writeShort(opts);
        question(out);
        for (var i = 0; i < opts; i++) {
            opt(cookie, out);
        }
        out.write(hex(value("append", "")));
    }

    private int flags() {
        return (words.contains("qr") ? 0x8000 : 0)
                | number("opcode", 0) << 11
                | (words.contains("rd") ? 0x0100 : 0)
                | (words.contains("z") ? 0x0040 : 0)
                | (words.contains("ad") ? 0x0020 : 0)
                | (words.contains("cd") ? 0x0010 : 0);
    }

    private void question(DataOutputStream out) throws IOException {
        var at = namesTransport() ? 1 : 0;
        out.write(name(words.get(at)));
        out.writeShort(Type.value(words.get(at + 1), true));
        var given = words.size() > at + 2 ? DClass.value(words.get(at + 2)) : -1;
        out.writeShort(given < 0 ? DClass.IN : given);
    }

    /** RFC 6891 section 6.1.2. */
    private void opt(byte[] cookie, DataOutputStream out) throws IOException {
        var options = new ByteArrayOutputStream();
        try (var data = new DataOutputStream(options)) {
            for (var word : words) {
                if (word.startsWith("option=")) {
                    var option = word.substring("option=".length()).split(":", 2);
                    option(Integer.parseInt(option[0]), hex(option[1]), data);
                }
            }
            if (echoesACookie()) {
                option(COOKIE, cookie, data);
            }
        }
        out.write(name(value("edns-owner", ".")));
        out.writeShort(Type.OPT);
        out.writeShort(number("edns", PAYLOAD));
        out.writeByte(0);
        out.writeByte(number("edns-version", 0));
        out.writeShort((words.contains("do") ? 0x8000 : 0) | (words.contains("edns-z") ? 0x7fff : 0));
        out.writeShort(options.size());
        options.writeTo(out);
    }

    private static void option(int code, byte[] value, DataOutputStream out) throws IOException {
        out.writeShort(code);
        out.writeShort(value.length);
        out.write(value);
    }

    private boolean hasEdns() {
        return words.stream().anyMatch(word -> word.equals("edns") || word.startsWith("edns="));
    }

    private boolean namesTransport() {
        return words.get(0).equals("udp") || words.get(0).equals("tcp");
    }

    private int number(String word, int otherwise) {
        return Integer.parseInt(value(word, Integer.toString(otherwise)));
    }

    private String value(String word, String otherwise) {
        return words.stream()
                .filter(other -> other.startsWith(word + "="))
                .map(other -> other.substring(word.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    private static byte[] name(String text) throws IOException {
        return Name.fromString(text, Name.root).toWire();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
