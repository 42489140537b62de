package io.colonnade.app.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.testing.RawWebSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketDeflateTest {
    private static final int MESSAGES = 40;
    private static final int LARGE = 250_000;

    private final Reader reader = new Reader();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=10; server_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate",
                "permessage-deflate; server_max_window_bits=\"15\""
            })
    void accepts(String offers) {
        assertThat(WebSocketDeflate.offered(fields(offers))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-webkit-deflate-frame",
                "permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; client_max_window_bits=ten",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=08",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; mystery"
            })
    void declines(String offers) {
        assertThat(WebSocketDeflate.offered(fields(offers))).isFalse();
        assertThat(WebSocketDeflate.offered(fields("permessage-deflate").set("sec-websocket-version", "8")))
                .isFalse();
    }

    @Test
    void compressesLongMessagesOnly() throws Exception {
        install();
        var text = "again and ".repeat(100);
        channel.writeOutbound(new TextWebSocketFrame(text), new TextWebSocketFrame("short"));
        TextWebSocketFrame large = channel.readOutbound();
        TextWebSocketFrame small = channel.readOutbound();
        assertThat(large.rsv()).isEqualTo(4);
        var bytes = Buffer.buffer();
        append(bytes, large);
        assertThat(bytes.length()).isLessThan(50);
        assertThat(RawWebSocket.inflate(bytes)).hasToString(text);
        assertThat(small.rsv()).isZero();
        assertThat(small.text()).isEqualTo("short");
        small.release();
    }

    @Test
    void compressesFragmentsAsOneMessage() throws Exception {
        install();
        var words = "again and ".repeat(50);
        var bytes = Buffer.buffer();
        for (var frame : List.of(
                new TextWebSocketFrame(false, 0, words),
                new ContinuationWebSocketFrame(false, 0, ""),
                new ContinuationWebSocketFrame(false, 0, words),
                new ContinuationWebSocketFrame(true, 0, "the end"))) {
            channel.writeOutbound(frame);
            WebSocketFrame sent = channel.readOutbound();
            assertThat(sent.rsv()).isEqualTo(frame instanceof TextWebSocketFrame ? 4 : 0);
            append(bytes, sent);
        }
        assertThat(bytes.length()).isLessThan(100);
        assertThat(RawWebSocket.inflate(bytes)).hasToString(words + words + "the end");
    }

    @Test
    void sendsWhatCannotBeCompressedAsItIs() {
        install();
        var noise = new byte[70_000];
        new SplittableRandom(1).nextBytes(noise);
        channel.writeOutbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(noise)));
        BinaryWebSocketFrame sent = channel.readOutbound();
        assertThat(sent.rsv()).isZero();
        assertThat(sent.content()).isEqualTo(Unpooled.wrappedBuffer(noise));
        sent.release();
    }

    @Test
    void refusesAMessageThatGrowsTooLarge() {
        install();
        channel.writeInbound(compressed(300_000));
        assertThat(closed()).startsWith("1009 a message may have 262144 bytes");
        assertThat(reader.largest).isZero();
    }

    @Test
    void inflatesFragmentsOfOneByte() {
        install();
        var payload = RawWebSocket.deflate(Buffer.buffer("again and ".repeat(50)));
        for (var i = 0; i < payload.length(); i++) {
            var opcode = i == 0 ? RawWebSocket.BINARY | RawWebSocket.COMPRESSED : RawWebSocket.CONTINUATION;
            receive(i == payload.length() - 1, opcode, payload.slice(i, i + 1));
        }
        assertThat(reader.messages).isEqualTo(1);
        assertThat(reader.bytes).isEqualTo(500);
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void refusesWhatCannotBeInflated() {
        install();
        receive(true, RawWebSocket.BINARY | RawWebSocket.COMPRESSED, Buffer.buffer(new byte[] {-1, -1, -1, -1}));
        assertThat(closed()).startsWith("1007 ");
        assertThat(reader.messages).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                RawWebSocket.PING | RawWebSocket.COMPRESSED,
                RawWebSocket.CONTINUATION | RawWebSocket.COMPRESSED,
                RawWebSocket.TEXT | 0x20,
                RawWebSocket.TEXT | 0x10
            })
    void refusesReservedBitsThatMeanNothing(int opcode) {
        install();
        receive(false, RawWebSocket.TEXT, Buffer.buffer("a"));
        receive(true, opcode, Buffer.buffer("b"));
        assertThat(closed()).startsWith("1002 ");
    }

    @Test
    void holdsNoMoreOfACompressedMessageThanItsBytes() {
        install();
        channel.writeOutbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[LARGE])));
        BinaryWebSocketFrame sent = channel.readOutbound();
        assertThat(sent.content().capacity()).isLessThan(4096);
        sent.release();
    }

    @Test
    void inflatesNoMoreOfOneReadThanIsWanted() {
        install();
        reader.most = 1;
        var read = Unpooled.buffer();
        for (var i = 0; i < MESSAGES; i++) {
            read.writeBytes(compressed(LARGE));
        }
        assertThat(read.readableBytes()).isLessThan(16_384);
        channel.writeInbound(read);
        assertThat(reader.messages).isEqualTo(1);
        assertThat(reader.largest).isEqualTo(LARGE);
        reader.most = MESSAGES;
        channel.config().setAutoRead(true);
        assertThat(reader.messages).isEqualTo(MESSAGES);
    }

    private static void append(Buffer bytes, WebSocketFrame frame) {
        bytes.appendBytes(ByteBufUtil.getBytes(frame.content()));
        frame.release();
    }

    private void install() {
        channel.pipeline()
                .addLast(
                        "wsdecoder",
                        new WebSocket13FrameDecoder(
                                WebSocketDecoderConfig.newBuilder().build()))
                .addLast("handler", reader);
        var limits = new WebSocketLimits(262_144, 262_144, () -> Duration.ZERO);
        WebSockets.install(channel.pipeline().context("handler"), true, limits);
    }

    private void receive(boolean last, int opcode, Buffer payload) {
        channel.writeInbound(
                Unpooled.wrappedBuffer(RawWebSocket.frame(last, opcode, payload).getBytes()));
    }

    private String closed() {
        CloseWebSocketFrame close = channel.readOutbound();
        var text = close.statusCode() + " " + close.reasonText();
        close.release();
        return text;
    }

    private static ByteBuf compressed(int bytes) {
        var payload = RawWebSocket.deflate(Buffer.buffer(new byte[bytes]));
        var opcode = RawWebSocket.BINARY | RawWebSocket.COMPRESSED;
        return Unpooled.wrappedBuffer(RawWebSocket.frame(true, opcode, payload).getBytes());
    }

    private static MultiMap fields(String offers) {
        return MultiMap.caseInsensitiveMultiMap()
                .set("sec-websocket-version", "13")
                .set("sec-websocket-extensions", offers);
    }

    /** Says at the end of a read whether it wants more, as connections of Vert.x do. */
    private static final class Reader extends ChannelInboundHandlerAdapter {
        private int most = Integer.MAX_VALUE;
        private int messages;
        private int largest;
        private int bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            messages += ((WebSocketFrame) message).isFinalFragment() ? 1 : 0;
            bytes += ((WebSocketFrame) message).content().readableBytes();
            largest = Math.max(largest, ((WebSocketFrame) message).content().readableBytes());
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.channel().config().setAutoRead(messages < most);
        }
    }
}
