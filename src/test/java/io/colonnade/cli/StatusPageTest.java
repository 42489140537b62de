package io.colonnade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private static final JsonObject STATUS = new JsonObject(
            """
            {"version": "1.0", "node": "amber-heron", "cluster": {"name": "colonnade", "size": 2},
             "members": [
               {"name": "amber-heron", "roles": ["balancer", "web"], "state": "ready", "heard": true, "id": "a",
                "since": "2026-01-02T00:00:00Z", "weight": 1, "load": 2, "served": 12345, "requests": 100, "errors": 3,
                "admin": "127.0.0.1:9080"},
               {"name": "jay", "roles": ["app"], "state": "ready", "heard": false, "id": "b",
                "since": "2026-01-02T03:04:00Z", "weight": 10, "load": 0, "served": 7, "requests": 0, "errors": 0,
                "admin": "127.0.0.1:9081"}],
             "transport": {"lanes": [{"streams": 3}, {"streams": 1}]},
             "database": {"kind": "embedded", "state": "available", "address": "127.0.0.1:3306", "version": "11.4",
              "problem": null, "sites": {"shop": {"connections": 3}}},
             "dns": {"address": "127.0.0.1:8053", "zones": [
               {"name": "example.com", "serial": 7, "answers": {}},
               {"name": "foobar.com", "serial": 1800000000, "answers": {
                "foobar.com": ["192.0.2.1", "2001:db8::1"], "www.foobar.com": ["192.0.2.1", "2001:db8::1"]}}]}}
            """);

    @Test
    void showsEveryMemberInColumns() {
        assertThat(page(STATUS, StatusPageTest::nobodyIsAsked).text(Optional.empty()))
                .isEqualTo(
                        """
                        cluster   colonnade
                        version   1.0
                        database  embedded, 127.0.0.1:3306, 11.4, available
                        dns       example.com, serial 7
                        dns       foobar.com, serial 1800000000, foobar.com www.foobar.com at 192.0.2.1 2001:db8::1

                        NAME         ROLES         STATE   FOR  WEIGHT  LOAD  SERVED  ERRORS  STREAMS
                        amber-heron  balancer,web  ready   3h   1       2     12345   3       4
                        jay          app           silent  5s   10      0     7       0       -""");
    }

    @Test
    void showsThatAMemberHasNoRoomForMoreConnections() {
        var status = STATUS.copy().put("descriptors", JsonObject.of("open", 360, "limit", 400, "full", true));
        assertThat(page(status, StatusPageTest::nobodyIsAsked).text(Optional.empty()))
                .contains("amber-heron  balancer,web  full ");
    }

    @Test
    void showsHowEachSiteFaresOnEachMember() {
        var status = STATUS.copy();
        var ready = JsonObject.of("name", "shop", "state", "ready", "since", "2026-01-02T03:00:00Z", "reason", null);
        var failed = new JsonObject("{\"name\": \"shop\", \"state\": \"failed\", \"since\": \"2026-01-02T03:01:00Z\", "
                + "\"reason\": \"no such table\"}");
        var board = ready.copy().put("name", "board");
        status.getJsonArray("members").getJsonObject(0).put("sites", new JsonArray(List.of(ready, board)));
        status.getJsonArray("members").getJsonObject(1).put("sites", new JsonArray(List.of(failed)));
        assertThat(page(status, StatusPageTest::nobodyIsAsked).text(Optional.empty()))
                .endsWith(
                        """


                        SITE   NODE         STATE   FOR  DB CONNS  REASON
                        board  amber-heron  ready   4m   ?
                        shop   amber-heron  ready   4m   3
                        shop   jay          failed  3m   ?         no such table""");
        status.getJsonArray("members").getJsonObject(1).put("roles", new JsonArray(List.of("balancer", "db")));
        assertThat(page(status, StatusPageTest::nobodyIsAsked).text(Optional.empty()))
                .doesNotContain("no such table");
    }

    @Test
    void asksTheOtherMembersForTheirStreams() {
        var other = new JsonObject("{\"transport\": {\"lanes\": [{\"streams\": 9}]}}");
        var page = page(heard(), admin -> Optional.of(other).filter(json -> admin.equals("127.0.0.1:9081")));
        assertThat(page.text(Optional.empty())).endsWith("7       0       9");
    }

    @Test
    void tellsOfClocksThatDifferAndOfLanesThatStandStill() {
        var status = STATUS.copy();
        status.getJsonObject("cluster").put("clocksAhead", JsonObject.of("jay", -2.5, "owl", 61.0));
        status.getJsonArray("members").getJsonObject(0).put("answers", false);
        assertThat(page(status, StatusPageTest::nobodyIsAsked).text(Optional.empty()))
                .contains(
                        """

                        clocks    jay is 2.5 s behind the asked node; set the clocks by NTP
                        clocks    owl is 61.0 s ahead of the asked node; set the clocks by NTP
                        """)
                .containsPattern("amber-heron +balancer,web +stalled ");
    }

    @Test
    void tellsWhatIsWrongWithAConfigurationFile() {
        var other = new JsonObject(
                """
                {"config": {"file": "a.yaml", "state": "refused", "problems": ["port is \\"x\\" (a.yaml line 3)"],
                 "needRestart": ["lanes"]}, "jars": {"changed": [{"file": "/shop.jar", "is": "replaced"}]}}
                """);
        assertThat(page(heard(), admin -> Optional.of(other)).text(Optional.empty()))
                .contains(
                        """
                        config    jay: a.yaml is refused: port is "x" (a.yaml line 3)
                        config    jay: a.yaml: lanes needs a restart
                        config    jay: /shop.jar was replaced and needs a restart

                        NAME""");
    }

    @Test
    void showsRatesWhenThereWereSeveralLooks() {
        var rates = new Rates();
        rates.add(0, STATUS);
        var page = page(STATUS, StatusPageTest::nobodyIsAsked);
        assertThat(page.text(Optional.of(rates)))
                .contains("STREAMS  REQ/S  SERVED/S")
                .endsWith("-      -");
        var later = STATUS.copy();
        later.getJsonArray("members").getJsonObject(0).put("requests", 150);
        later.getJsonArray("members").getJsonObject(1).put("id", "another life");
        rates.add(2_000_000_000L, later);
        assertThat(rates.perSecond("amber-heron", "requests")).isEqualTo("25.0");
        assertThat(rates.perSecond("amber-heron", "served")).isEqualTo("0.0");
        assertThat(rates.perSecond("jay", "served")).isEqualTo("-");
        assertThat(rates.perSecond("nobody", "served")).isEqualTo("-");
    }

    /** The other member is silent, and would keep who asks it waiting. */
    private static Optional<JsonObject> nobodyIsAsked(String admin) {
        throw new AssertionError(admin);
    }

    private static JsonObject heard() {
        var status = STATUS.copy();
        status.getJsonArray("members").getJsonObject(1).put("heard", true);
        return status;
    }

    private static StatusPage page(JsonObject status, Function<String, Optional<JsonObject>> others) {
        return new StatusPage(status, others, Instant.parse("2026-01-02T03:04:05Z"));
    }
}
