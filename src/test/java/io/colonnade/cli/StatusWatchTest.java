package io.colonnade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.cli.AdminClient.AdminException;
import io.colonnade.cli.StatusWatch.Asking;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusWatchTest {
    private static final String STATUS =
            "{\"version\": \"1.0\", \"node\": \"jay\", \"cluster\": {\"name\": \"blue\"}, \"members\": []}";

    private final StringWriter out = new StringWriter();

    @Test
    void printsOnePageAfterTheOtherWhereNobodyLooksOn() {
        watch(false, () -> new JsonObject(STATUS), 3);
        assertThat(out.toString().split("cluster   blue", -1)).hasSize(4);
        assertThat(out.toString()).doesNotContain("\033");
    }

    @Test
    void drawsEachPageOverTheOneBefore() {
        watch(true, () -> new JsonObject(STATUS), 2);
        assertThat(out.toString()).startsWith("\033[Hcluster   blue\033[K\n").endsWith("\033[K\n\033[J\n");
    }

    @Test
    void asksAgainWhenTheNodeDoesNotAnswer() {
        Iterator<Asking> answers = List.<Asking>of(StatusWatchTest::silent, () -> new JsonObject(STATUS))
                .iterator();
        watch(false, () -> answers.next().status(), 2);
        assertThat(out.toString()).startsWith("no node answers").contains("cluster   blue");
    }

    private static JsonObject silent() throws AdminException {
        throw new AdminException("no node answers");
    }

    private void watch(boolean interactive, Asking asking, int pages) {
        var terminal = new Terminal(new PrintWriter(out, true), new PrintWriter(out, true), interactive);
        var left = new int[] {pages - 1};
        new StatusWatch(terminal, asking, admin -> Optional.empty()).run(() -> left[0]-- > 0);
    }
}
