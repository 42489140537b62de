package io.colonnade.it.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Asks one name server for the addresses of a name, twenty times a second, as long as it is open. */
final class AddressWatch implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 50;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final DnsClient client;
    private final DnsQuestion query;
    private final List<Answer> answers = new ArrayList<>();

    /**
     * What came back to one query.
     *
     * @param nanos when, by {@link System#nanoTime}
     * @param head RCODE and flags
     */
    record Answer(long nanos, String head, Set<String> addresses) {}

    AddressWatch(InetSocketAddress server, String name) {
        client = new DnsClient(server);
        query = DnsQuestion.of(name + " A");
        var unused = timer.scheduleAtFixedRate(this::ask, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized List<Answer> answersSince(long since) {
        return answers.stream().filter(answer -> answer.nanos() > since).toList();
    }

    /** The latest addresses; none if there was no answer yet. */
    synchronized Set<String> addresses() {
        return answers.isEmpty() ? Set.of() : answers.get(answers.size() - 1).addresses();
    }

    /** From that moment on to the first answer without the address, after which none has it again. */
    Duration timeUntilGone(String address, long since) {
        var last = since;
        for (var answer : answersSince(since)) {
            if (answer.addresses().contains(address)) {
                last = answer.nanos();
            }
        }
        return Duration.ofNanos(answersSince(last).get(0).nanos() - since);
    }

    private void ask() {
        var answer = answer();
        synchronized (this) {
            answers.add(answer);
        }
    }

    private Answer answer() {
        try {
            var reply = client.ask(query, DnsTransport.UDP).orElseThrow();
            var addresses =
                    reply.answer().stream().map(DnsResource::data).collect(Collectors.toCollection(TreeSet::new));
            return new Answer(System.nanoTime(), reply.head(), addresses);
        } catch (IOException none) {
            return new Answer(System.nanoTime(), none.toString(), Set.of());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
