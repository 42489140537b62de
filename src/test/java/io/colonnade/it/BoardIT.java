package io.colonnade.it;

import static io.colonnade.it.harness.BoardClient.MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.EventStream;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundled message board on two real nodes with one real database. */
@Timeout(60)
class BoardIT {
    private static Nodes cluster;
    private static List<Node> nodes;

    @BeforeAll
    static void startTwoNodes() throws IOException {
        cluster = new Nodes();
        nodes = cluster.start(2, UnaryOperator.identity());
        BoardClient.awaitBoard(nodes);
    }

    @AfterAll
    static void stop() throws IOException {
        cluster.close();
    }

    @Test
    void aMessageIsCreatedAtItsLocationAndSeenThroughTheOtherNode() {
        var ada = here("Ada");
        var posted = ada.post("  Hello, wörld \uD83D\uDE80\r\nand all  ");
        assertThat(posted.statusCode()).as(BoardClient.shown(posted)).isEqualTo(201);
        var location = posted.headers().firstValue("location").orElseThrow();
        assertThat(location).isEqualTo(MESSAGES + "/" + json(posted).getLong("id"));

        var found = json(ada.at(nodes.get(1)).get(location));
        assertThat(found).isEqualTo(json(posted));
        assertThat(found.getString("author")).isEqualTo("Ada");
        assertThat(found.getString("text")).isEqualTo("Hello, wörld \uD83D\uDE80\nand all");
        assertThat(found.getString("created")).endsWith("Z");
        assertThat(found.getString("picture")).isNull();
    }

    @Test
    void aPictureTravelsThroughTheDatabaseUnchanged() {
        var ada = here("Ada");
        var picture = picture(3_000_000);
        var posted = ada.postPicture("with a picture", picture);
        assertThat(posted.statusCode()).as(BoardClient.shown(posted)).isEqualTo(201);
        var path = json(posted).getString("picture");
        assertThat(path).isEqualTo(posted.headers().firstValue("location").orElseThrow() + "/picture");
        for (var node : nodes) {
            var shown = ada.at(node).getBytes(path);
            assertThat(shown.headers().firstValue("content-type")).contains("image/png");
            assertThat(Arrays.equals(shown.body(), picture)).isTrue();
        }
    }

    @Test
    void pagesOfTheListFollowOneAnother() {
        var ada = here("Ada");
        var texts = Stream.of("page 1", "page 2", "page 3", "page 4", "page 5").toList();
        texts.forEach(text -> assertThat(ada.post(text).statusCode()).isEqualTo(201));

        assertThat(ada.at(nodes.get(1)).texts("?limit=2")).containsExactly("page 5", "page 4");
        var next = json(ada.get(MESSAGES + "?limit=2")).getLong("next");
        assertThat(ada.texts("?limit=3&before=" + next)).containsExactly("page 3", "page 2", "page 1");
    }

    @Test
    void aRepetitionWithTheSameKeyIsAnsweredTheSame() {
        var ada = here("Ada");
        var first = ada.post("once", "idempotency-key", "key-1");
        var second = ada.at(nodes.get(1)).post("once", "idempotency-key", "key-1");
        assertThat(second.statusCode()).as(BoardClient.shown(second)).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("location"))
                .isEqualTo(first.headers().firstValue("location"));
        assertThat(ada.post("something else", "idempotency-key", "key-1").statusCode())
                .isEqualTo(422);
    }

    @Test
    void twoAtOnceWithTheSameKeyThroughTwoNodesMakeOneMessage() {
        var ada = here("Ada");
        for (var round = 0; round < 10; round++) {
            var text = "at once " + round;
            var one = ada.posting(text, "idempotency-key", text.replace(' ', '-'));
            var other = ada.at(nodes.get(1)).posting(text, "idempotency-key", text.replace(' ', '-'));
            assertThat(one.join().statusCode())
                    .as(BoardClient.shown(one.join()))
                    .isEqualTo(201);
            assertThat(other.join().statusCode())
                    .as(BoardClient.shown(other.join()))
                    .isEqualTo(201);
            assertThat(one.join().body()).isEqualTo(other.join().body());
            assertThat(ada.texts("?limit=100")).containsOnlyOnce(text);
        }
    }

    @Test
    void onlyTheAuthorDeletesAMessage() {
        var ada = here("Ada");
        var location =
                ada.post("to be deleted").headers().firstValue("location").orElseThrow();
        assertThat(here("Ada").delete(location).statusCode())
                .as("another user of the same name")
                .isEqualTo(403);
        assertThat(BoardClient.of(nodes.get(0)).delete(location).statusCode()).isEqualTo(401);
        assertThat(ada.at(nodes.get(1)).delete(location).statusCode()).isEqualTo(204);
        assertThat(ada.get(location).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "origin, http://evil.example, 403",
        "origin, null, 403",
        "sec-fetch-site, cross-site, 403",
        "sec-fetch-site, same-site, 403",
        "sec-fetch-site, same-origin, 201"
    })
    void aPageOfAnotherSiteCannotPost(String field, String value, int status) {
        assertThat(here("Ada").post("forged or not", field, value).statusCode()).isEqualTo(status);
    }

    @Test
    void theSitesOwnPageMayPost() {
        var origin = "http://127.0.0.1:" + nodes.get(0).port();
        assertThat(here("Ada").post("my own", "origin", origin).statusCode()).isEqualTo(201);
    }

    @Test
    void badInputIsAnsweredWithAProblemDocument() {
        var ada = here("Ada");
        assertProblem(ada.post("  "), 400, "text");
        assertProblem(ada.post("x".repeat(2001)), 400, "text");
        assertProblem(ada.get(MESSAGES + "?limit=101"), 400, "limit");
        assertProblem(ada.postPicture("no picture", "no picture".getBytes(StandardCharsets.US_ASCII)), 400, "picture");
        assertProblem(ada.postPicture("too large", picture((10 << 20) + 1)), 413, "picture");
        var noJson = ada.body("POST", MESSAGES, "application/json", BodyPublishers.ofString("{\"text\":"));
        assertProblem(noJson, 400, null);
        assertProblem(BoardClient.of(nodes.get(0)).post("nobody"), 401, null);
        assertProblem(ada.get(MESSAGES + "/999999999"), 404, null);
    }

    @Test
    void aMessagePostedThroughOneNodeArrivesInAStreamOfTheOther() throws IOException {
        try (var events = EventStream.open(nodes.get(1))) {
            var ada = here("Ada");
            var answer = ada.post("live");
            assertThat(answer.statusCode()).as(BoardClient.shown(answer)).isEqualTo(201);
            var posted = json(answer);
            assertThat(events.await("event:")).isEqualTo("event: posted");
            assertThat(new JsonObject(events.await("data:").substring(5))).isEqualTo(posted);
            ada.delete(MESSAGES + "/" + posted.getLong("id"));
            assertThat(events.await("event:")).isEqualTo("event: deleted");
        }
    }

    @Test
    void aSessionOutlivesTheNodeThatMadeIt() throws IOException {
        try (var third = cluster.start(UnaryOperator.identity())) {
            var grace = BoardClient.of(third).signIn("Grace");
            assertThat(grace.at(nodes.get(0)).whoAmI()).isEqualTo("Grace");
            third.kill9();
            for (var node : nodes) {
                assertThat(grace.at(node).whoAmI()).isEqualTo("Grace");
            }
            assertThat(grace.at(nodes.get(1)).post("still here").statusCode()).isEqualTo(201);
            cluster.awaitAgreement();
        }
    }

    private static BoardClient here(String name) {
        return BoardClient.of(nodes.get(0)).signIn(name);
    }

    private static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    private static void assertProblem(HttpResponse<String> response, int status, String field) {
        assertThat(response.statusCode()).as(BoardClient.shown(response)).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(json(response).getInteger("status")).isEqualTo(status);
        assertThat(json(response).getString("title")).isNotBlank();
        assertThat(json(response).getString("detail")).isNotBlank();
        assertThat(json(response).getString("field")).isEqualTo(field);
    }

    /** Bytes that begin as a PNG file does. */
    private static byte[] picture(int size) {
        var picture = new byte[size];
        new Random(1).nextBytes(picture);
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, 0, picture, 0, 8);
        return picture;
    }
}
