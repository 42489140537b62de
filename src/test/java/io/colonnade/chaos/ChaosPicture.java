package io.colonnade.chaos;

import java.util.List;

/** Requests, failures and events over time, as SVG. */
final class ChaosPicture {
    private static final int WIDTH = 1600;
    private static final int LEFT = 90;
    private static final int REQUESTS_HEIGHT = 160;
    private static final int LANE_HEIGHT = 18;
    private static final int LANES_TOP = REQUESTS_HEIGHT + 40;

    private final List<Request> requests;
    private final List<Event> events;
    private final Log log;
    private final long end;
    private final StringBuilder svg = new StringBuilder();

    ChaosPicture(Log log) {
        this.log = log;
        requests = log.requests();
        events = log.events();
        end = Math.max(1, log.now());
    }

    String svg() {
        var height = LANES_TOP + (Kind.values().length + 1) * LANE_HEIGHT + 20;
        svg.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH, height));
        rates();
        lanes();
        seconds(height);
        return svg.append("</svg>\n").toString();
    }

    /** Grey for what was answered, orange for failures that an event excuses, red for the others. */
    private void rates() {
        var columns = WIDTH - LEFT;
        var answered = new int[columns];
        var excused = new int[columns];
        var failed = new int[columns];
        for (var request : requests) {
            var counts =
                    !request.failed() ? answered : !request.breaksPromise() || log.excused(request) ? excused : failed;
            counts[(int) (request.began() * (columns - 1) / end)]++;
        }
        var most = 1;
        for (var column = 0; column < columns; column++) {
            most = Math.max(most, answered[column] + excused[column] + failed[column]);
        }
        for (var column = 0; column < columns; column++) {
            var y = bar(column, REQUESTS_HEIGHT, answered[column], most, "#bbbbbb");
            y = bar(column, y, excused[column], most, "#f39c12");
            bar(column, y, failed[column], most, "#e00000");
        }
        text(4, 20, "requests");
        text(4, 34, most + " per " + end / columns + " ms");
        text(4, 50, "orange: excused");
        text(4, 64, "red: not");
    }

    private int bar(int column, int bottom, int count, int most, String color) {
        var height = (int) Math.ceil((double) count * (REQUESTS_HEIGHT - 10) / most);
        if (height > 0) {
            rectangle(LEFT + column, bottom - height, 1, height, color);
        }
        return bottom - height;
    }

    private void lanes() {
        var y = LANES_TOP;
        for (var kind : Kind.values()) {
            lane(kind, y);
            y += LANE_HEIGHT;
        }
    }

    private void lane(Kind kind, int y) {
        text(4, y + 12, kind.label());
        events.stream().filter(event -> event.kind() == kind).forEach(event -> {
            var from = x(event.began());
            var width = Math.max(2, x(Math.min(end, event.ended())) - from);
            svg.append(String.format(
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>%n",
                    from, y, width, LANE_HEIGHT - 4, kind.color(), kind.label() + " " + event.what()));
        });
    }

    private void seconds(int height) {
        for (long at = 0; at < end; at += 60_000) {
            rectangle(x(at), 0, 1, height - 18, "#dddddd");
            text(x(at), height - 6, at / 60_000 + " min");
        }
    }

    private int x(long millis) {
        return LEFT + (int) (millis * (WIDTH - LEFT - 1) / end);
    }

    private void rectangle(int x, int y, int width, int height, String color) {
        svg.append(String.format(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n", x, y, width, height, color));
    }

    private void text(int x, int y, String what) {
        svg.append(String.format("<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, what));
    }
}
