package io.colonnade.bench;

import java.io.IOException;

/** A case that is a contest. */
abstract class ContestCase implements Case {
    abstract Contest contest(BenchGround ground) throws IOException;

    @Override
    public Chapter run(BenchGround ground) throws IOException, BenchException {
        var chapter = new Chapter(this);
        try (var run = new ContestRun(ground, contest(ground), chapter)) {
            return run.run();
        }
    }
}
