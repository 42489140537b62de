package io.colonnade.store.galera;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.core.Address;
import io.colonnade.store.galera.MemberSession.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemberSessionTest {
    private static final Map<String, String> WHOLE = Map.of(
            "wsrep_cluster_status", "Primary",
            "wsrep_ready", "ON",
            "wsrep_connected", "ON",
            "wsrep_cluster_size", "3",
            "wsrep_incoming_addresses", "10.0.0.1:3306,10.0.0.2:3306,10.0.0.3:3306");

    @Test
    void tellsWhoIsThere() {
        var view = View.of(WHOLE, List.of());

        assertThat(view.primary()).isTrue();
        assertThat(view.connected()).isTrue();
        assertThat(view.members())
                .containsExactly(
                        new Address("10.0.0.1", 3306), new Address("10.0.0.2", 3306), new Address("10.0.0.3", 3306));
    }

    @Test
    void isNotTakenAsOneThatDecidesWhileItIsAloneButDoesNotKnowItYet() {
        assertThat(with("wsrep_incoming_addresses", "10.0.0.1:3306").primary()).isFalse();
    }

    @Test
    void doesNotDecideWithoutAMajorityOrBeforeItIsReady() {
        assertThat(with("wsrep_cluster_status", "non-Primary").primary()).isFalse();
        assertThat(with("wsrep_ready", "OFF").primary()).isFalse();
        assertThat(with("wsrep_connected", "OFF").connected()).isFalse();
        assertThat(View.of(Map.of(), List.of()).primary()).isFalse();
    }

    @Test
    void knowsAMemberThatOnlyItsTableHas() {
        var status = new HashMap<>(WHOLE);
        status.put("wsrep_incoming_addresses", "10.0.0.1:3306,10.0.0.2:3306");
        assertThat(View.of(status, List.of()).primary()).isFalse();

        var view = View.of(status, List.of(new Address("10.0.0.1", 3306), new Address("10.0.0.3", 3306)));
        assertThat(view.primary()).isTrue();
        assertThat(view.members()).hasSize(3);
    }

    @Test
    void decidesWhenItsListIsNewerThanItsView() {
        assertThat(with("wsrep_cluster_size", "2").primary()).isTrue();
        assertThat(with("wsrep_cluster_size", "2").members()).hasSize(3);
    }

    private static View with(String name, String value) {
        var status = new HashMap<>(WHOLE);
        status.put(name, value);
        return View.of(status, List.of());
    }
}
