package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/** The name servers of real nodes. */
class DnsIT {
    private static final String WWW = "www.foobar.com.";
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @Test
    void namesPointAtTheNodesThatAreAlive() throws IOException {
        try (var cluster = new Nodes()) {
            var first = start(cluster, "127.0.0.11");
            var second = start(cluster, "127.0.0.12");
            var third = start(cluster, "127.0.0.13");
            awaitAnswer(first, "127.0.0.11", "127.0.0.12", "127.0.0.13");
            awaitAnswer(second, "127.0.0.11", "127.0.0.12", "127.0.0.13");
            assertThat(ttl(first)).isEqualTo(30);
            awaitOneSerial(first, second, third);

            third.kill9();
            awaitAnswer(first, "127.0.0.11", "127.0.0.12");
            awaitAnswer(second, "127.0.0.11", "127.0.0.12");
            assertThat(ttl(first)).isEqualTo(15);
            awaitOneSerial(first, second);

            second.sigterm();
            awaitAnswer(first, "127.0.0.11");
            second.awaitExit();
        }
    }

    @Test
    void zonesOfTheSettingsAreAnsweredOverUdpAndTcpAndTransferredToWhoMay() throws Exception {
        var file = Files.writeString(
                folder.resolve("example.zone"),
                """
                $TTL 300
                @ SOA ns hostmaster 7 3600 600 86400 60
                @ NS ns
                ns A 192.0.2.1
                *.dev CNAME ns
                large TXT ( "%1$s" "%1$s" "%1$s" "%1$s" "%1$s" "%1$s" )
                """
                        .formatted("x".repeat(250)));
        var config = Files.writeString(
                folder.resolve("node.yaml"),
                """
                dns:
                  allow-transfer: [127.0.0.1]
                  zones:
                    - name: example.com
                      file: %s
                    - name: foobar.com
                      records: ["@ MX 10 mail", "mail A 192.0.2.2"]
                """
                        .formatted(file));
        try (var cluster = new Nodes()) {
            var node = cluster.start(launch -> launch.with("--config", config.toString())
                    .with("--public-address", "127.0.0.11,127.0.0.12,127.0.0.13"));
            rotates(node);
            assertThat(texts(ask(node, "x.dev.example.com.", Type.A)))
                    .containsExactly("x.dev.example.com. CNAME ns.example.com.", "ns.example.com. A 192.0.2.1");
            assertThat(texts(ask(node, "foobar.com.", Type.MX))).containsExactly("foobar.com. MX 10 mail.foobar.com.");
            assertThat(ask(node, "nothing.example.com.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
            assertThat(ask(node, "example.net.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);

            var udp = resolver(node);
            udp.setIgnoreTruncation(true);
            assertThat(udp.send(query("large.example.com.", Type.TXT))
                            .getHeader()
                            .getFlag(Flags.TC))
                    .isTrue();
            assertThat(texts(resolver(node).send(query("large.example.com.", Type.TXT))))
                    .hasSize(1);
            assertThat(pipelined(node, "ns.example.com.", "www.foobar.com.", "nothing.example.com."))
                    .hasSize(3);
            assertThat(transfer(node, "example.com.")).hasSize(6);
        }
    }

    @Test
    void aBadZoneFileStopsTheStartAndNamesTheLine() throws IOException {
        var file = Files.writeString(folder.resolve("bad.zone"), "$TTL 300\n@ A 192.0.2.1\nwww A nonsense\n");
        var config = Files.writeString(
                folder.resolve("node.yaml"), "dns: {zones: [{name: example.com, file: %s}]}".formatted(file));
        try (var cluster = new Nodes()) {
            var node = cluster.begin(launch -> launch.with("--config", config.toString()));
            assertThat(node.awaitExit()).isEqualTo(1);
            assertThat(node.log()).contains(file + ":3: ");
        }
    }

    private static void rotates(Node node) {
        awaitAnswer(node, "127.0.0.11", "127.0.0.12", "127.0.0.13");
        var first = new HashSet<String>();
        for (var i = 0; i < 3; i++) {
            first.add(ask(node, WWW, Type.A).getSection(Section.ANSWER).get(0).rdataToString());
        }
        assertThat(first).hasSize(3);
    }

    private static Node start(Nodes cluster, String publicAddress) throws IOException {
        return cluster.start(launch -> launch.with("--public-address", publicAddress, "--set", "dns.bind=127.0.0.1"));
    }

    private static void awaitAnswer(Node node, String... addresses) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(AT_ONCE).untilAsserted(() -> assertThat(
                        addresses(node))
                .isEqualTo(new TreeSet<>(List.of(addresses))));
    }

    private static void awaitOneSerial(Node... nodes) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(AT_ONCE).untilAsserted(() -> assertThat(
                        serials(nodes))
                .hasSize(1));
    }

    private static Set<Long> serials(Node... nodes) {
        return List.of(nodes).stream().map(DnsIT::serial).collect(Collectors.toSet());
    }

    /** The form in which the node answers it, and shows it in its status. */
    private static long serial(Node node) {
        var soa = (SOARecord)
                ask(node, "foobar.com.", Type.SOA).getSection(Section.ANSWER).get(0);
        var zones = node.status().getJsonObject("dns", new JsonObject()).getJsonArray("zones");
        assertThat(zones.getJsonObject(0).getLong("serial")).isGreaterThanOrEqualTo(soa.getSerial());
        return soa.getSerial();
    }

    private static Set<String> addresses(Node node) {
        return ask(node, WWW, Type.A).getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long ttl(Node node) {
        return ask(node, WWW, Type.A).getSection(Section.ANSWER).get(0).getTTL();
    }

    private static Message ask(Node node, String name, int type) {
        try {
            return resolver(node).send(query(name, type));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static SimpleResolver resolver(Node node) throws IOException {
        var resolver = new SimpleResolver("127.0.0.1");
        resolver.setPort(node.dnsPort());
        resolver.setTimeout(Duration.ofSeconds(5));
        return resolver;
    }

    private static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
    }

    /** Sends all queries before it reads the first response. */
    private static Set<Integer> pipelined(Node node, String... names) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.dnsPort())) {
            var all = new ByteArrayOutputStream();
            var expected = new HashSet<Integer>();
            for (var name : names) {
                var query = query(name, Type.A);
                expected.add(query.getHeader().getID());
                var wire = query.toWire();
                all.writeBytes(new byte[] {(byte) (wire.length >> 8), (byte) wire.length});
                all.writeBytes(wire);
            }
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(all.toByteArray());
            var in = new DataInputStream(socket.getInputStream());
            var ids = new HashSet<Integer>();
            for (var i = 0; i < names.length; i++) {
                ids.add(new Message(in.readNBytes(in.readUnsignedShort()))
                        .getHeader()
                        .getID());
            }
            assertThat(ids).isEqualTo(expected);
            return ids;
        }
    }

    private static List<Record> transfer(Node node, String zone) throws IOException, ZoneTransferException {
        var transfer = ZoneTransferIn.newAXFR(Name.fromConstantString(zone), "127.0.0.1", node.dnsPort(), null);
        transfer.run();
        return transfer.getAXFR();
    }

    private static List<String> texts(Message response) {
        return response.getSection(Section.ANSWER).stream()
                .map(record -> record.getName() + " " + Type.string(record.getType()) + " " + record.rdataToString())
                .toList();
    }
}
