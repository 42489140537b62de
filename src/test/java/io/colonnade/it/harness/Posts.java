package io.colonnade.it.harness;

import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Users who post messages until {@link #close}, spread over the nodes, with a short pause after each. A post that is not answered 201 is
 * sent again with the same key. A user whose session is lost signs in again.
 */
public final class Posts implements AutoCloseable {
    private static final int USERS = 4;

    /** What is lost is found by posts at all times, and not by many at once. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Long> answeredAt = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    private final List<CompletableFuture<Void>> users = new ArrayList<>();
    private volatile boolean going = true;

    public Posts(List<Node> nodes) {
        for (var user = 0; user < USERS; user++) {
            var name = "user " + user;
            var client = BoardClient.of(nodes.get(user % nodes.size())).signIn(name);
            users.add(CompletableFuture.runAsync(() -> postOn(client, name)));
        }
    }

    private void postOn(BoardClient client, String name) {
        for (var number = 0; going; number++) {
            post(client, name, name + " post " + number);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void post(BoardClient client, String name, String text) {
        var key = UUID.randomUUID().toString();
        while (going) {
            var response = client.post(text, "idempotency-key", key);
            if (response.statusCode() == 201) {
                answeredAt.put(text, System.nanoTime());
                return;
            }
            refused.add(shown(response));
            if (response.statusCode() == 401) {
                await().atMost(PATIENCE).untilAsserted(() -> client.signIn(name));
            }
        }
    }

    private static String shown(HttpResponse<String> response) {
        return response.statusCode() + " " + response.headers().map() + " " + response.body();
    }

    /** The texts of the posts that were answered 201. */
    public Collection<String> answered() {
        return answeredAt.keySet();
    }

    /** Every other answer. */
    public Collection<String> refused() {
        return refused;
    }

    public void awaitMore(int count) {
        var goal = answeredAt.size() + count;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> answeredAt.size() >= goal || ended());
        if (ended()) {
            stop();
        }
    }

    private boolean ended() {
        return users.stream().anyMatch(CompletableFuture::isDone);
    }

    /** The longest time between two answers 201 after the instant. */
    public Duration longestGapSince(long nanos) {
        var before = nanos;
        var longest = 0L;
        for (var at :
                answeredAt.values().stream().filter(at -> at > nanos).sorted().toList()) {
            longest = Math.max(longest, at - before);
            before = at;
        }
        return Duration.ofNanos(longest);
    }

    /** Ends the posting, and waits for the last answers. */
    public void stop() {
        going = false;
        users.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        going = false;
    }
}
