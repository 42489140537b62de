package io.colonnade.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A contender whose processes run. */
final class RunningContender implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 60_000;

    private final Contender contender;
    private final List<RunningProgram> own = new ArrayList<>();
    private final List<? extends Part> shared;

    /**
     * Starts the processes.
     *
     * @param shared what runs already, and works for it too
     */
    RunningContender(Contender contender, List<? extends Part> shared) throws IOException {
        this.contender = contender;
        this.shared = shared;
        try {
            for (var program : contender.programs()) {
                own.add(RunningProgram.start(program));
            }
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    Contender contender() {
        return contender;
    }

    String name() {
        return contender.name();
    }

    /** The processes of its own, in the order in which they were started. */
    List<RunningProgram> programs() {
        return List.copyOf(own);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + contender.port() + path);
    }

    /** Waits until the request gets its status. */
    RunningContender awaitAnswer(Ask ask) throws BenchException {
        var deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        String last;
        do {
            for (var program : own) {
                program.check();
            }
            last = status(ask);
            if (last.equals(Integer.toString(ask.status()))) {
                return this;
            }
            Pause.millis(10);
        } while (System.currentTimeMillis() < deadline);
        throw new BenchException(contender.fullName() + " answered " + ask.path() + " with " + last + " and not with "
                + ask.status() + " for a minute" + ownWords());
    }

    private String status(Ask ask) {
        try {
            return Integer.toString(Reply.of(uri(ask.path()), ask).status());
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }

    private String ownWords() {
        var words = new StringBuilder();
        own.forEach(program ->
                words.append("\n").append(program.name()).append(": ").append(program.printed()));
        return words.toString();
    }

    /** CPU microseconds that each program has used so far, by its name. */
    Map<String, Long> cpuMicros() {
        var used = new LinkedHashMap<String, Long>();
        Stream.concat(own.stream(), shared.stream())
                .forEach(part -> used.merge(part.name(), ProcessFigures.cpuMicros(part.pids()), Long::sum));
        return used;
    }

    /** Of its own processes. */
    long residentBytes() {
        return ProcessFigures.residentBytes(pids());
    }

    /** All of its own processes. */
    List<Long> pids() {
        return own.stream().flatMap(program -> program.pids().stream()).toList();
    }

    /** Starts one more process, which counts from now on. */
    RunningProgram add(Program program) throws IOException {
        var added = RunningProgram.start(program);
        own.add(added);
        return added;
    }

    /** The tag of what is at the path; empty if it has none. */
    String tag(String path) throws IOException {
        @Nullable String tag = Reply.of(uri(path), Ask.get("", path)).fields().get("etag");
        return tag == null ? "" : tag;
    }

    @Override
    public void close() {
        for (var i = own.size() - 1; i >= 0; i--) {
            own.get(i).close();
        }
        own.clear();
    }
}
