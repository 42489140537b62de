package io.colonnade.app.websocket;

import static io.colonnade.testing.RawWebSocket.BINARY;
import static io.colonnade.testing.RawWebSocket.CLOSE;
import static io.colonnade.testing.RawWebSocket.CONTINUATION;
import static io.colonnade.testing.RawWebSocket.PING;
import static io.colonnade.testing.RawWebSocket.PONG;
import static io.colonnade.testing.RawWebSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.testing.RawWebSocket;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFramesTest {
    private static final Buffer EMPTY = Buffer.buffer();

    private final List<String> received = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private Duration ping = Duration.ofSeconds(30);

    ClientFramesTest() {
        channel.freezeTime();
        channel.pipeline()
                .addLast(
                        "wsdecoder",
                        new WebSocket13FrameDecoder(
                                WebSocketDecoderConfig.newBuilder().build()))
                .addLast("handler", new Answering());
        WebSockets.install(channel.pipeline().context("handler"), false, new WebSocketLimits(1000, 2000, () -> ping));
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void owesOneAnswerToTheManyPingsOfAClientThatDoesNotRead() {
        writable(false);
        for (var i = 0; i < 100; i++) {
            receive(true, PING, Buffer.buffer("ping " + i));
        }
        assertThat(received).isEmpty();
        assertThat(channel.config().isAutoRead()).as("whether more is read").isFalse();
        receive(true, TEXT, Buffer.buffer("waits"));
        writable(true);
        assertThat(received).first().asString().startsWith("Ping ");
        assertThat(received).last().isEqualTo("Text waits");
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void sendsWhatItOwesAlthoughTheReadHasNotEnded() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        var unused = channel.write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[100])));
        var read = Unpooled.buffer();
        for (var i = 0; i < 3; i++) {
            read.writeBytes(RawWebSocket.frame(true, PING, EMPTY).getBytes());
        }
        unused = channel.writeOneInbound(read);
        channel.runPendingTasks();
        assertThat(channel.<Object>readOutbound()).isInstanceOf(BinaryWebSocketFrame.class);
        assertThat(received).isNotEmpty();
    }

    @Test
    void answersEachPingOfAClientThatReads() {
        receive(true, PING, Buffer.buffer("a"));
        receive(true, PING, Buffer.buffer("b"));
        assertThat(received).containsExactly("Ping a", "Ping b");
    }

    @Test
    void passesOnWhatFollowsAnEmptyFragment() {
        receive(false, TEXT, EMPTY);
        receive(false, CONTINUATION, EMPTY);
        receive(false, CONTINUATION, Buffer.buffer("a"));
        receive(false, CONTINUATION, EMPTY);
        receive(true, CONTINUATION, Buffer.buffer("b"));
        receive(false, BINARY, EMPTY);
        receive(true, CONTINUATION, EMPTY);
        receive(true, TEXT, EMPTY);
        assertThat(received).containsExactly("Text- a", "Continuation b", "Binary ", "Text ");
    }

    @Test
    void refusesAFrameThatIsTooLarge() {
        receive(true, BINARY, Buffer.buffer(new byte[1001]));
        assertThat(closed()).isEqualTo("1009 a frame may have 1000 bytes at most (app.max-websocket-frame)");
    }

    @Test
    void refusesAMessageThatIsTooLarge() {
        receive(false, BINARY, Buffer.buffer(new byte[1000]));
        receive(false, CONTINUATION, Buffer.buffer(new byte[1000]));
        receive(true, CONTINUATION, Buffer.buffer(new byte[1]));
        assertThat(closed()).isEqualTo("1009 a message may have 2000 bytes at most (app.max-websocket-message)");
    }

    @Test
    void countsEachMessageForItself() {
        for (var i = 0; i < 10; i++) {
            receive(false, TEXT, Buffer.buffer("a".repeat(1000)));
            receive(true, CONTINUATION, Buffer.buffer("a".repeat(1000)));
        }
        assertThat(received).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "c0af", "eda080", "f4908080", "ff", "80", "e282"})
    void refusesTextThatIsNotUtf8(String hex) {
        receive(true, TEXT, Buffer.buffer(HexFormat.of().parseHex(hex)));
        assertThat(closed()).startsWith("1007 ");
    }

    @Test
    void takesUtf8ThatIsCutBetweenFragments() {
        var bytes = Buffer.buffer("\u00e4\u20ac\ud83d\ude00");
        for (var i = 0; i < bytes.length(); i++) {
            receive(i == bytes.length() - 1, i == 0 ? TEXT : CONTINUATION, bytes.slice(i, i + 1));
        }
        assertThat(received).hasSize(bytes.length());
    }

    @Test
    void refusesReservedBitsAndOpcodes() {
        receive(true, TEXT | RawWebSocket.COMPRESSED, Buffer.buffer("a"));
        assertThat(closed()).startsWith("1002 ");
        receive(true, TEXT, Buffer.buffer("later"));
        assertThat(received).isEmpty();
    }

    @Test
    void closesAfterAnErrorWhenTheClientHasSaidClose() {
        receive(true, TEXT, Buffer.buffer(new byte[] {-1}));
        assertThat(closed()).startsWith("1007 ");
        receive(true, TEXT, Buffer.buffer("later"));
        assertThat(channel.isOpen()).isTrue();
        receive(true, CLOSE, Buffer.buffer(new byte[] {3, -17}));
        assertThat(channel.isOpen()).isFalse();
        assertThat(received).isEmpty();
    }

    @Test
    void closesAfterAnErrorAlsoIfTheClientIsSilent() {
        receive(true, TEXT, Buffer.buffer(new byte[] {-1}));
        pass(3);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void pingsASilentClientAndKeepsItWhileItAnswers() {
        for (var i = 0; i < 5; i++) {
            pass(31);
            PingWebSocketFrame asked = channel.readOutbound();
            receive(true, PONG, Buffer.buffer(asked.content().toString(StandardCharsets.US_ASCII)));
            asked.release();
        }
        assertThat(channel.isOpen()).isTrue();
        assertThat(received).as("what the site sees").isEmpty();
    }

    @Test
    void closesWhenAClientDoesNotAnswer() {
        pass(31);
        ((PingWebSocketFrame) channel.readOutbound()).release();
        pass(21);
        assertThat(closed()).isEqualTo("1001 no answer to a ping");
        pass(3);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void doesNotPingAClientThatSpeaksNorOneIfPingsAreOff() {
        for (var i = 0; i < 5; i++) {
            pass(20);
            receive(true, TEXT, Buffer.buffer("a"));
        }
        ping = Duration.ZERO;
        pass(3600);
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    private void receive(boolean last, int opcode, Buffer payload) {
        channel.writeInbound(
                Unpooled.wrappedBuffer(RawWebSocket.frame(last, opcode, payload).getBytes()));
    }

    private void writable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private String closed() {
        CloseWebSocketFrame close = channel.readOutbound();
        var text = close.statusCode() + " " + close.reasonText();
        close.release();
        return text;
    }

    /** Notes the frames in the place of Vert.x's own handler. */
    private final class Answering extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            var frame = (WebSocketFrame) message;
            var type = frame.getClass().getSimpleName().replace("WebSocketFrame", "");
            var text =
                    frame instanceof PongWebSocketFrame ? "" : frame.content().toString(StandardCharsets.UTF_8);
            received.add(type + (frame.isFinalFragment() ? " " : "- ") + text);
            frame.release();
        }
    }
}
