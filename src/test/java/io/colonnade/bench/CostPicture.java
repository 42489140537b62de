package io.colonnade.bench;

import java.util.List;
import java.util.Locale;

/** CPU time per request as SVG: a bar for each contender, a line over what its rounds lay between. */
final class CostPicture {
    private static final int WIDTH = 900;
    private static final int LEFT = 190;
    private static final int RIGHT = 70;
    private static final int BAR = 16;
    private static final int GAP = 12;

    private final List<Chapter> chapters;
    private final StringBuilder svg = new StringBuilder();
    private int y = GAP;

    CostPicture(List<Chapter> chapters) {
        this.chapters = chapters;
    }

    String svg() {
        chapters.forEach(this::chapter);
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                        WIDTH,
                        y + GAP)
                + svg + "</svg>\n";
    }

    private void chapter(Chapter chapter) {
        var group = "";
        for (var bar : chapter.bars()) {
            if (!bar.group().equals(group)) {
                group = bar.group();
                y += GAP;
                text(GAP, y + BAR - 4, chapter.name() + ", " + group + ": CPU us per request", "bold");
                y += BAR + 4;
            }
            bar(bar, most(chapter, group));
        }
    }

    private static double most(Chapter chapter, String group) {
        return chapter.bars().stream()
                .filter(bar -> bar.group().equals(group))
                .mapToDouble(bar -> bar.value().most())
                .max()
                .orElse(1);
    }

    private void bar(Chapter.Bar bar, double most) {
        var scale = (WIDTH - LEFT - RIGHT) / most;
        var value = bar.value();
        text(GAP, y + BAR - 4, bar.label(), "normal");
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                        + "<path d=\"M%.1f %d H%.1f\" stroke=\"black\"/>%n",
                LEFT,
                y,
                value.median() * scale,
                BAR - 2,
                bar.label().startsWith("colonnade") ? "#2a78b8" : "#b8b8b8",
                LEFT + value.least() * scale,
                y + BAR / 2 - 1,
                LEFT + value.most() * scale));
        text((int) (LEFT + value.most() * scale) + 6, y + BAR - 4, Spread.number(value.median(), 1), "normal");
        y += BAR + 2;
    }

    private void text(int x, int y, String what, String weight) {
        svg.append(String.format("<text x=\"%d\" y=\"%d\" font-weight=\"%s\">%s</text>%n", x, y, weight, what));
    }
}
