package io.colonnade.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the command line. */
interface Command {
    /** Its flags and its help. */
    CommandSpec spec();

    /**
     * Does it.
     *
     * @param problems what is wrong with the flags themselves, such as an unknown one; the command refuses to run if there are any
     * @return the exit code
     */
    int run(ParseResult flags, List<String> problems);
}
