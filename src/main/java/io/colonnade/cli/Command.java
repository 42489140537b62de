package io.colonnade.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the command line. */
interface Command {
    /** The flags and the help of this command. */
    CommandSpec spec();

    /**
     * Runs the command.
     *
     * @param problems what is wrong with the flags, such as an unknown flag; the command does not run if there is any problem
     * @return the exit code
     */
    int run(ParseResult flags, List<String> problems);
}
