package io.colonnade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private static final JsonObject STATUS = new JsonObject(
            """
            {"version": "1.0", "node": "amber-heron", "cluster": {"name": "colonnade", "size": 2},
             "members": [
               {"name": "amber-heron", "roles": ["balancer", "web"], "state": "ready", "heard": true,
                "weight": 1, "load": 2, "served": 12345, "admin": "127.0.0.1:9080"},
               {"name": "jay", "roles": ["app"], "state": "ready", "heard": false,
                "weight": 10, "load": 0, "served": 7, "admin": "127.0.0.1:9081"}],
             "transport": {"lanes": [{"streams": 3}, {"streams": 1}]},
             "database": {"kind": "embedded", "state": "available", "address": "127.0.0.1:3306", "version": "11.4",
              "problem": null, "sites": {}},
             "dns": {"address": "127.0.0.1:8053", "zones": [
               {"name": "example.com", "serial": 7, "answers": {}},
               {"name": "foobar.com", "serial": 1800000000, "answers": {
                "foobar.com": ["192.0.2.1", "2001:db8::1"], "www.foobar.com": ["192.0.2.1", "2001:db8::1"]}}]}}
            """);

    @Test
    void showsEveryMemberInColumns() {
        assertThat(new StatusPage(STATUS, admin -> Optional.empty()).text())
                .isEqualTo(
                        """
                        cluster   colonnade
                        version   1.0
                        database  embedded, 127.0.0.1:3306, 11.4, available
                        dns       example.com, serial 7
                        dns       foobar.com, serial 1800000000, foobar.com www.foobar.com at 192.0.2.1 2001:db8::1

                        NAME         ROLES         STATE   WEIGHT  LOAD  SERVED  STREAMS
                        amber-heron  balancer,web  ready   1       2     12345   4
                        jay          app           silent  10      0     7       -""");
    }

    @Test
    void asksTheOtherMembersForTheirStreams() {
        var other = new JsonObject("{\"transport\": {\"lanes\": [{\"streams\": 9}]}}");
        var page = new StatusPage(STATUS, admin -> Optional.of(other).filter(json -> admin.equals("127.0.0.1:9081")));
        assertThat(page.text()).endsWith("7       9");
    }
}
