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
              "problem": null, "sites": {}}}
            """);

    @Test
    void showsEveryMemberInColumns() {
        assertThat(new StatusPage(STATUS, admin -> Optional.empty()).text())
                .isEqualTo(
                        """
                        cluster   colonnade
                        version   1.0
                        database  embedded, 127.0.0.1:3306, 11.4, available

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

    @Test
    void tellsWhatIsWrongWithAConfigurationFile() {
        var other = new JsonObject(
                """
                {"config": {"file": "a.yaml", "state": "refused", "problems": ["port is \\"x\\" (a.yaml line 3)"],
                 "needRestart": ["lanes"]}}
                """);
        assertThat(new StatusPage(STATUS, admin -> Optional.of(other)).text())
                .contains(
                        """
                        database  embedded, 127.0.0.1:3306, 11.4, available
                        config    jay: a.yaml is refused: port is "x" (a.yaml line 3)
                        config    jay: a.yaml: lanes needs a restart

                        NAME""");
    }
}
