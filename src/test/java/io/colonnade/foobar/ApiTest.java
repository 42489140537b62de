package io.colonnade.foobar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
    private Path uploads;
    private LocalBoard board;
    private Visitor ada;
    private Visitor stranger;

    @BeforeEach
    void start(@TempDir Path directory) {
        uploads = directory;
        board = new LocalBoard(uploads);
        ada = board.visitor().signIn("Ada");
        stranger = board.visitor();
    }

    @AfterEach
    void stop() {
        board.close();
    }

    @Test
    void postsAMessageThatEverybodySees() {
        var posted = ada.postText(" Hello ");

        assertThat(posted.status()).isEqualTo(201);
        assertThat(posted.header("Location")).isEqualTo("/api/messages/1");
        assertThat(posted.json())
                .isEqualTo(stranger.get("/api/messages/1").json())
                .isEqualTo(stranger.get("/api/messages")
                        .json()
                        .getJsonArray("messages")
                        .getJsonObject(0));
        assertThat(posted.json().getString("text")).isEqualTo("Hello");
        assertThat(posted.json().getString("author")).isEqualTo("Ada");
        assertThat(posted.json().getString("created")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(posted.json().getMap()).containsEntry("picture", null);
    }

    @Test
    void pagesThroughAllMessagesNewestFirst() {
        for (var i = 1; i <= 5; i++) {
            ada.postText("message " + i);
        }

        var first = stranger.get("/api/messages?limit=3").json();
        var second = stranger.get("/api/messages?limit=3&before=" + first.getLong("next"))
                .json();

        assertThat(first.getJsonArray("messages").getJsonObject(0).getLong("id"))
                .isEqualTo(5);
        assertThat(second.getJsonArray("messages").getJsonObject(0).getLong("id"))
                .isEqualTo(2);
        assertThat(second.getValue("next")).isNull();
    }

    @Test
    void refusesToPostForNobody() {
        var answer = stranger.postText("Hello");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isNotEmpty();
        assertThat(board.messages.size()).isZero();
    }

    @Test
    void namesTheBadFieldInAProblemDocument() {
        var answer = ada.postText("   ");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json())
                .isEqualTo(new JsonObject()
                        .put("title", "Bad Request")
                        .put("status", 400)
                        .put("detail", "The text has 0 characters; 1 to 2000 are allowed.")
                        .put("field", "text"));
        assertThat(stranger.get("/api/messages?limit=101").json().getString("field"))
                .isEqualTo("limit");
    }

    @Test
    void answersARepetitionLikeTheFirstTime() {
        var first = ada.postText("Hello", "Idempotency-Key", "k1");
        var second = ada.postText("Hello", "Idempotency-Key", "k1");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(board.messages.size()).isEqualTo(1);
    }

    @Test
    void refusesAnIdempotencyKeyForAnotherMessage() {
        ada.postText("Hello", "Idempotency-Key", "k1");

        assertThat(ada.postText("Goodbye", "Idempotency-Key", "k1").status()).isEqualTo(422);
        assertThat(ada.postPicture("Hello", png(100), "Idempotency-Key", "k1").status())
                .isEqualTo(422);
        assertThat(board.visitor()
                        .signIn("Bob")
                        .postText("Goodbye", "Idempotency-Key", "k1")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void doesNotPostADeletedMessageAgain() {
        ada.postText("Hello", "Idempotency-Key", "k1");
        ada.delete("/api/messages/1");

        assertThat(ada.postText("Hello", "Idempotency-Key", "k1").status()).isEqualTo(410);
        assertThat(board.messages.size()).isZero();
    }

    @Test
    void givesBackThePictureThatWasAttached() {
        var picture = png(Picture.PART_SIZE * 2 + 7);

        var posted = ada.postPicture("Look", picture);
        var path = posted.json().getString("picture");
        var shown = stranger.get(path);

        assertThat(posted.status()).isEqualTo(201);
        assertThat(shown.body()).isEqualTo(Buffer.buffer(picture));
        assertThat(shown.header("Content-Type")).isEqualTo("image/png");
        assertThat(shown.header("Cache-Control")).contains("immutable");
        assertThat(shown.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(stranger.get(path, "If-None-Match", shown.header("ETag")).status())
                .isEqualTo(304);
        assertThat(stranger.send("HEAD", path, BodyPublishers.noBody()).header("Content-Length"))
                .isEqualTo(String.valueOf(picture.length));
    }

    @Test
    void deletesUploadedFilesWithTheirRequest() {
        ada.postPicture("Look", png(1000));
        ada.postPicture("", png(1000));
        ada.postPicture("Look", "no picture".getBytes(StandardCharsets.US_ASCII));

        await().untilAsserted(() -> assertThat(uploads.toFile().list()).isEmpty());
    }

    @Test
    void takesAPictureOfTenMebibytesAndNoMore() {
        assertThat(ada.postPicture("Look", png(Picture.MAX_SIZE)).status()).isEqualTo(201);

        var over = ada.postPicture("Look", png(Picture.MAX_SIZE + 1));
        assertThat(over.status()).isEqualTo(413);
        assertThat(over.json().getString("field")).isEqualTo("picture");
    }

    @Test
    void refusesAFileThatIsNoPictureWhateverItSaysItIs() {
        var answer = ada.postPicture("Look", "<svg onload='alert(1)'/>".getBytes(StandardCharsets.US_ASCII));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("field")).isEqualTo("picture");
    }

    @Test
    void refusesBodiesThatAreTooLargeOrNotJson() {
        assertThat(ada.postText("x".repeat(70_000)).status()).isEqualTo(413);
        assertThat(sendText("{\"text\":", "application/json")).isEqualTo(400);
        assertThat(sendText("[\"text\"]", "application/json")).isEqualTo(400);
        assertThat(sendText("null", "application/json")).isEqualTo(400);
        assertThat(sendText("", "application/json")).isEqualTo(400);
        assertThat(sendText("text=Hello", "application/x-www-form-urlencoded")).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c328", "c0af", "eda080", "ff"})
    void refusesJsonThatIsNotUtf8(String hex) {
        var body = Buffer.buffer("{\"text\":\"a")
                .appendBytes(HexFormat.of().parseHex(hex))
                .appendString("b\"}");
        var answer = ada.send(
                "POST",
                "/api/messages",
                BodyPublishers.ofByteArray(body.getBytes()),
                "Content-Type",
                "application/json");
        assertThat(answer.status()).isEqualTo(400);
    }

    private int sendText(String body, String type) {
        return ada.send("POST", "/api/messages", BodyPublishers.ofString(body), "Content-Type", type)
                .status();
    }

    @Test
    void letsOnlyTheAuthorDelete() {
        ada.postText("Hello");

        assertThat(stranger.delete("/api/messages/1").status()).isEqualTo(401);
        assertThat(board.visitor().signIn("Ada").delete("/api/messages/1").status())
                .isEqualTo(403);
        assertThat(ada.delete("/api/messages/1").status()).isEqualTo(204);
        assertThat(ada.delete("/api/messages/1").status()).isEqualTo(404);
        assertThat(stranger.get("/api/messages/1").status()).isEqualTo(404);
    }

    @Test
    void signsInRenamesAndSignsOut() {
        var who = ada.get("/api/session").json();
        var renamed = ada.post("/api/session", new JsonObject().put("name", "Ada L."));

        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json()).isEqualTo(who.copy().put("name", "Ada L."));
        assertThat(ada.delete("/api/session").status()).isEqualTo(204);
        assertThat(ada.get("/api/session").json())
                .isEqualTo(new JsonObject().putNull("id").putNull("name"));
    }

    @Test
    void renewsTheSessionAtSignIn() {
        var bob = board.visitor();
        var name = new JsonObject().put("name", "Bob");

        var first = bob.post("/api/session", name).header("Set-Cookie");
        var second = bob.post("/api/session", name).header("Set-Cookie");

        assertThat(first).isNotEmpty();
        assertThat(second).isNotEmpty().isNotEqualTo(first);
        assertThat(board.visitor()
                        .get("/api/session", "Cookie", first.split(";", 2)[0])
                        .json()
                        .getString("name"))
                .isNull();
    }

    @Test
    void makesNoSessionForAClientThatOnlyReads() {
        assertThat(stranger.get("/api/session").header("Set-Cookie")).isEmpty();
        assertThat(stranger.get("/api/messages").header("Set-Cookie")).isEmpty();
    }

    @Test
    void refusesChangesThatAPageOfAnotherSiteAsksFor() {
        assertThat(ada.postText("x", "Sec-Fetch-Site", "cross-site").status()).isEqualTo(403);
        assertThat(ada.postText("x", "Sec-Fetch-Site", "same-site").status()).isEqualTo(403);
        assertThat(ada.postText("x", "Origin", "http://evil.com").status()).isEqualTo(403);
        assertThat(ada.delete("/api/session", "Origin", "null").status()).isEqualTo(403);
        assertThat(board.messages.size()).isZero();
    }

    @Test
    void acceptsChangesThatItsOwnPageAsksFor() {
        assertThat(ada.postText("x", "Sec-Fetch-Site", "same-origin").status()).isEqualTo(201);
        assertThat(ada.postText("x", "Origin", "http://127.0.0.1:" + board.port())
                        .status())
                .isEqualTo(201);
        assertThat(ada.postText("x", "Origin", "https://foobar.com", "X-Forwarded-Host", "foobar.com")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void letsPagesOfOtherSitesRead() {
        assertThat(stranger.get("/api/messages", "Sec-Fetch-Site", "cross-site").status())
                .isEqualTo(200);
    }

    @Test
    void saysWhichMethodsThereAre() {
        var answer = ada.send("PUT", "/api/messages/1", BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, DELETE");
        assertThat(ada.get("/api/nothing").json().getInteger("status")).isEqualTo(404);
    }

    @Test
    void leavesFailuresOfTheDatabaseToTheNode() {
        board.messages.fail(new IllegalStateException("the database is away"));

        assertThat(stranger.get("/api/messages").text()).isEqualTo("the node's answer");
        assertThat(ada.postText("Hello").text()).isEqualTo("the node's answer");
        assertThat(stranger.get("/api/messages/1/picture").text()).isEqualTo("the node's answer");
    }

    /** Bytes that start like a PNG file, no two parts alike. */
    private static byte[] png(int size) {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++) {
            bytes[i] = (byte) (i / 1000);
        }
        var magic = new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        System.arraycopy(magic, 0, bytes, 0, magic.length);
        return bytes;
    }
}
