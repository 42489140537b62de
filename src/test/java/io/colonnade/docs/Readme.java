package io.colonnade.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The README's blocks of code, so that tests run what readers are told. */
public final class Readme {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);

    private Readme() {}

    /** The block of that language that contains the text. */
    public static String block(String language, String text) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .filter(block ->
                        block.group(1).equals(language) && block.group(2).contains(text))
                .map(block -> block.group(2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("README.md has no " + language + " block with " + text));
    }
}
