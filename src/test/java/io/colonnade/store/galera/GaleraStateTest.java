package io.colonnade.store.galera;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GaleraStateTest {
    private static final String CLUSTER = "b9658cb9-e6c8-11f1-9319-de157c93ac19";
    private static final String RUNNING =
            """
            # GALERA saved state
            version: 2.1
            uuid:    %s
            seqno:   -1
            safe_to_bootstrap: 0
            """
                    .formatted(CLUSTER);

    @Test
    void readsWhatTheServerHasWritten() {
        assertThat(GaleraState.parse(RUNNING)).isEqualTo(new GaleraState(CLUSTER, -1, false));
        assertThat(GaleraState.parse(
                        RUNNING.replace("seqno:   -1", "seqno:   42").replace("bootstrap: 0", "bootstrap: 1")))
                .isEqualTo(new GaleraState(CLUSTER, 42, true));
        assertThat(GaleraState.parse(RUNNING).isKnown()).isFalse();
    }

    @Test
    void dataThatIsNoWholeCopyIsNone() {
        var interrupted = RUNNING.replace(CLUSTER, "00000000-0000-0000-0000-000000000000");

        assertThat(GaleraState.parse(interrupted)).isEqualTo(GaleraState.NONE);
        assertThat(GaleraState.parse("")).isEqualTo(GaleraState.NONE);
        assertThat(GaleraState.NONE.hasData()).isFalse();
    }

    @Test
    void takesThePositionThatTheServerRecovers() {
        var printed = "2026-11-22 23:02:12 0 [Note] WSREP: Recovered position: " + CLUSTER + ":17\n";

        assertThat(GaleraState.parse(RUNNING).recovered(printed)).isEqualTo(new GaleraState(CLUSTER, 17, false));
        assertThat(GaleraState.parse(RUNNING).recovered("[ERROR] Aborting").isKnown())
                .isFalse();
        assertThat(GaleraState.parse(RUNNING)
                        .recovered(printed.replace(CLUSTER, "00000000-0000-0000-0000-000000000000")))
                .isEqualTo(GaleraState.parse(RUNNING));
    }

    @Test
    void marksTheDataThatBegins(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("grastate.dat"), RUNNING);

        GaleraState.markSafe(file);

        assertThat(Files.readString(file)).isEqualTo(RUNNING.replace("bootstrap: 0", "bootstrap: 1"));
    }
}
