package io.colonnade.core;

import static io.colonnade.core.RequestBody.HELD_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private static final Buffer HALF = Buffer.buffer("x".repeat(HELD_BYTES / 2));

    private final Client client = new Client();
    private final RequestBody body = new RequestBody(client.request);

    @Test
    void passesOnWhatArrives() {
        var reader = open();
        client.sends("a");
        client.sends("b");
        client.ends();
        assertThat(reader.heard).containsExactly("a", "b", "end");
    }

    @Test
    void aRequestThatEndedBeforeAnybodyAskedHasNoBody() {
        client.ended = true;
        assertThat(open().heard).containsExactly("end");
        assertThat(open().heard).containsExactly("end");
    }

    @Test
    void aSecondReaderGetsTheBodyFromItsStartAndTheFirstOneNoMoreOfIt() {
        var first = open();
        client.sends("a");
        var second = open();
        client.sends("b");
        client.ends();
        assertThat(first.heard).containsExactly("a");
        assertThat(second.heard).containsExactly("a", "b", "end");
        assertThat(open().heard).containsExactly("a", "b", "end");
    }

    @Test
    void keepsWhatArrivesBetweenTwoReaders() {
        var first = open();
        client.sends("a");
        body.close();
        client.sends("b");
        client.ends();
        assertThat(first.heard).containsExactly("a");
        assertThat(open().heard).containsExactly("a", "b", "end");
    }

    @Test
    void tellsEachReaderThatTheClientWentAway() {
        var first = open();
        client.sends("a");
        client.breaks();
        assertThat(first.heard).containsExactly("a", "gone");
        assertThat(open().heard).containsExactly("a", "gone");
    }

    @Test
    void canBeOpenedAgainUpToAndWithTheLastByteThatIsHeld() {
        open();
        client.sends(HALF);
        client.sends(HALF);
        assertThat(body.replayable()).isTrue();
        assertThat(open().heard).containsExactly(HALF.toString(), HALF.toString());

        client.sends("x");
        assertThat(body.replayable()).isFalse();
        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("more than 65536 bytes of the body are gone");
    }

    @Test
    void aLongBodyGoesOnToItsReaderButIsNeverReplayedInPart() {
        var reader = open();
        for (var i = 0; i < 3; i++) {
            client.sends(HALF);
        }
        client.sends("end of it");
        client.ends();
        assertThat(reader.heard).hasSize(5).endsWith("end of it", "end");
        assertThat(body.replayable()).isFalse();
    }

    @Test
    void pausesAndResumesTheClientOnce() {
        open();
        body.pause();
        body.pause();
        assertThat(client.pauses).isEqualTo(1);
        body.resume();
        body.resume();
        assertThat(client.resumes).isEqualTo(1);
    }

    @Test
    void lettingGoOfAPausedBodyResumesTheClient() {
        open();
        body.pause();
        body.close();
        assertThat(client.resumes).isEqualTo(1);
    }

    @Test
    void doesNotPauseAClientThatHasSentAll() {
        open();
        client.ends();
        body.pause();
        assertThat(client.pauses).isZero();
    }

    private Heard open() {
        var reader = new Heard();
        body.open(reader);
        return reader;
    }

    /** Keeps what it is told. */
    private static final class Heard implements RequestBody.Reader {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void data(Buffer chunk) {
            heard.add(chunk.toString());
        }

        @Override
        public void end() {
            heard.add("end");
        }

        @Override
        public void failed(Throwable cause) {
            heard.add(cause.getMessage());
        }
    }

    /** A client whose request has only the methods that a body needs. */
    private static final class Client {
        private final HttpServerRequest request = (HttpServerRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerRequest.class}, this::called);
        private @Nullable Handler<Buffer> data;
        private @Nullable Handler<Void> end;
        private @Nullable Handler<Throwable> exception;
        private boolean ended;
        private int pauses;
        private int resumes;

        void sends(String text) {
            sends(Buffer.buffer(text));
        }

        void sends(Buffer chunk) {
            data.handle(chunk);
        }

        void ends() {
            ended = true;
            end.handle(null);
        }

        void breaks() {
            exception.handle(new IllegalStateException("gone"));
        }

        @SuppressWarnings("unchecked") // each handler is of the type that its method takes
        private Object called(Object proxy, Method method, Object[] arguments) {
            switch (method.getName()) {
                case "handler" -> data = (Handler<Buffer>) arguments[0];
                case "endHandler" -> end = (Handler<Void>) arguments[0];
                case "exceptionHandler" -> exception = (Handler<Throwable>) arguments[0];
                case "pause" -> pauses++;
                case "resume" -> resumes++;
                case "isEnded" -> {
                    return ended;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return proxy;
        }
    }
}
