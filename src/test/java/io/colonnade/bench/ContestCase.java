package io.colonnade.bench;

import java.io.IOException;

/** A case that is a contest. */
abstract class ContestCase implements Case {
    abstract Contest contest(Ground ground) throws IOException;

    @Override
    public int seconds(Effort effort) {
        return 60;
    }

    @Override
    public Chapter run(Ground ground) throws IOException, BenchException {
        try (var run = new ContestRun(ground, contest(ground), new Chapter(this))) {
            return run.run();
        }
    }
}
