package io.colonnade.bench;

import java.util.ArrayList;
import java.util.List;

/** What one case found, as the report shows it. */
final class Chapter {
    private final String name;
    private final String about;
    private final List<Table> tables = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private boolean complete = true;

    Chapter(Case of) {
        this.name = of.name();
        this.about = of.about();
    }

    String name() {
        return name;
    }

    String about() {
        return about;
    }

    Table table(String... columns) {
        var table = new Table(List.of(columns), new ArrayList<>());
        tables.add(table);
        return table;
    }

    /** Holds a figure against its bound. */
    void verdict(String what, Spread measured, String bound, boolean met) {
        verdicts.add(new Verdict(what, measured.text(2), bound, met));
    }

    /** Says why a figure is missing. */
    void fail(String reason) {
        complete = false;
        notes.add("No figure: " + reason);
    }

    /** Whether no figure is missing. */
    boolean isComplete() {
        return complete;
    }

    void note(String text) {
        notes.add(text);
    }

    void bar(String group, String label, Spread value) {
        bars.add(new Bar(group, label, value));
    }

    List<Table> tables() {
        return List.copyOf(tables);
    }

    List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    List<Bar> bars() {
        return List.copyOf(bars);
    }

    record Table(List<String> columns, List<List<String>> rows) {
        void row(String... cells) {
            rows.add(List.of(cells));
        }
    }

    record Verdict(String what, String measured, String bound, boolean met) {}

    /** CPU microseconds per request, for the picture. */
    record Bar(String group, String label, Spread value) {}
}
