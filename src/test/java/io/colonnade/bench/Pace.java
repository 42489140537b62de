package io.colonnade.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Requests at a fixed rate on kept connections. Each has its time in advance, and its latency counts from that time on, however late it
 * could be sent: a contender that stands still delays all that were due meanwhile, as it would for real clients ("coordinated omission",
 * Gil Tene, wrk2). Runs on one event loop.
 */
final class Pace {
    /** What is not answered after this long is an error. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Order order;
    private final EventLoop loop;
    private final ByteBuf request;
    private final Timetable timetable;
    private final ChannelGroup all;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final CompletableFuture<Timetable> done = new CompletableFuture<>();
    private long start;

    private Pace(Order order, EventLoop loop) {
        this.order = order;
        this.loop = loop;
        this.all = new DefaultChannelGroup(loop);
        this.request = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(order.head(), StandardCharsets.ISO_8859_1));
        this.timetable = new Timetable(order.perSecond(), order.seconds());
    }

    /** Carries out an order; the future is completed on the loop. */
    static CompletableFuture<Timetable> run(Order order, EventLoop loop) {
        var pace = new Pace(order, loop);
        loop.execute(pace::connect);
        return pace.done.whenComplete((end, failure) -> pace.failWith(pace.all.close()));
    }

    private void connect() {
        var bootstrap = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder(), new Connection());
                    }
                });
        for (var i = 0; i < order.connections(); i++) {
            failWith(bootstrap.connect("127.0.0.1", order.port()));
        }
    }

    /** Ends everything if this fails. */
    private void failWith(Future<?> step) {
        step.addListener(ended -> {
            if (!ended.isSuccess()) {
                done.completeExceptionally(ended.cause());
            }
        });
    }

    private void begin() {
        start = System.nanoTime();
        tick();
    }

    /** Sends what is due while there is a connection for it. */
    private void tick() {
        if (done.isDone()) {
            return;
        }
        var now = System.nanoTime() - start;
        while (!idle.isEmpty() && timetable.isDue(now)) {
            idle.poll().send(timetable.next());
        }
        if (timetable.isFinished() || now > timetable.end() + PATIENCE_NANOS) {
            done.complete(timetable);
        } else {
            failWith(loop.schedule(this::tick, Math.max(timetable.nanosToNext(now), 50_000), TimeUnit.NANOSECONDS));
        }
    }

    /** One connection, with one request at a time. */
    private final class Connection extends SimpleChannelInboundHandler<HttpObject> {
        private Channel channel;
        private long due;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            all.add(channel);
            idle.add(this);
            if (start == 0 && idle.size() == order.connections()) {
                begin();
            }
        }

        void send(long intended) {
            due = intended;
            failWith(channel.writeAndFlush(request.duplicate()));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpResponse response && response.status().code() >= 400) {
                timetable.fail();
            }
            if (part instanceof HttpContent content && content instanceof LastHttpContent) {
                timetable.answered(System.nanoTime() - start - due);
                idle.add(this);
                tickNow();
            }
        }

        /** What waited for a connection is sent on this one at once. */
        private void tickNow() {
            var now = System.nanoTime() - start;
            if (timetable.isDue(now)) {
                idle.poll().send(timetable.next());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            idle.remove(this);
            done.completeExceptionally(new IllegalStateException("a connection was closed"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            done.completeExceptionally(cause);
        }
    }

    /**
     * What the generator is to do.
     *
     * @param head of the request, which has no body
     */
    record Order(int port, int connections, double perSecond, int seconds, String head) {}
}
