package io.colonnade.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.core.Address;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BeatTest {
    private static final NodeId FROM = new NodeId(UUID.randomUUID());

    @Test
    void arrivesAsItWasSent() {
        var site = new HostedSite(
                new SiteId("foobar", "c0ffee"),
                List.of("www.foobar.com", "localhost"),
                true,
                SiteHealth.failed(Instant.EPOCH, "no such table"));
        var announcement = new Announcement(
                State.DRAINING,
                Instant.ofEpochMilli(1_700_000_000_123L),
                5,
                List.of(site),
                new Address("::1", 8080),
                new Address("127.0.0.1", 9080),
                new Presence(
                        List.of("192.0.2.1", "2001:db8::1"), new NameServer(new Address("::1", 53), 1L << 31, "c0de")),
                false);
        var load = new Load(1L << 40, 7, 1L << 41, 3, Map.of(Role.APP, Map.of(FROM, 3), Role.WEB, Map.of()));
        var beat = new Beat(FROM, (1L << 48) - 1, 42, announcement, load, new Beat.Times(5, 1L << 41));

        assertThat(Beat.decode(beat.encode())).isEqualTo(beat);
    }

    /** Nodes of a version before do not tell how their sites fare. */
    @Test
    void sitesWithoutAStateCountAsReady() {
        var id = new SiteId("foobar", "c0ffee");
        var hosted = new HostedSite(id, List.of("localhost"), false, SiteHealth.starting(Instant.ofEpochMilli(9)));
        var announcement =
                Announcement.first("127.0.0.1", 1, Instant.ofEpochMilli(7)).with(List.of(hosted));
        var json = new Beat(FROM, 1, 0, announcement, Load.NONE, new Beat.Times(0, 0))
                .encode()
                .toJsonObject();
        var site = json.getJsonArray("sites").getJsonObject(0);
        site.remove("state");
        site.remove("since");

        assertThat(Beat.decode(json.toBuffer()).announcement().sites())
                .containsExactly(
                        new HostedSite(id, List.of("localhost"), false, SiteHealth.ready(Instant.ofEpochMilli(7))));
    }

    @Test
    void mayHaveNoPublicAddress() {
        var beat = new Beat(
                FROM, 1, 0, Announcement.first("127.0.0.1", 1, Instant.EPOCH), Load.NONE, new Beat.Times(0, 0));

        assertThat(Beat.decode(beat.encode())).isEqualTo(beat);
    }

    @Test
    void isNotMadeOfOtherBytes() {
        assertThatThrownBy(() -> Beat.decode(Buffer.buffer("hello"))).isInstanceOf(RuntimeException.class);
    }
}
