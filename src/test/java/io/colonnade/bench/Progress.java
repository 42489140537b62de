package io.colonnade.bench;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Tells on standard error what is being done, and about how long the rest takes. */
final class Progress {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final long end;
    private String of = "";

    /**
     * @param seconds that everything is thought to take
     */
    Progress(int seconds) {
        this.end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }

    void begin(String name) {
        of = name;
    }

    void say(String what) {
        var minutes = Math.max(0, Duration.ofNanos(end - System.nanoTime()).toSeconds()) / 60 + 1;
        System.err.println(LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + of + ": " + what + "; some "
                + minutes + " min left");
    }
}
