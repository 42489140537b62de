package io.colonnade.store.pool;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The text of a statement as a site wrote it. */
record SqlText(String text) {
    private static final int LONGEST_SHAPE = 300;
    private static final Set<String> READS =
            Set.of("SELECT", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "SET", "USE", "DO", "HELP", "TABLE", "VALUES");
    private static final Set<String> TAKE_SPACE =
            Set.of("INSERT", "REPLACE", "UPDATE", "DELETE", "LOAD", "CREATE", "ALTER", "OPTIMIZE", "CALL");
    private static final Pattern LEADING =
            Pattern.compile("(?s)(?:\\s|\\(|/\\*.*?\\*/|--[^\\n]*\\n|#[^\\n]*\\n)*([A-Za-z]*).*");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|--\\s[^\\n]*|#[^\\n]*");
    private static final Pattern LITERAL = Pattern.compile(
            "(?s)'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|\\b0[xb][0-9A-Fa-f]+\\b|\\b\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b");
    private static final Pattern LIST = Pattern.compile("\\(\\s*\\?(?:\\s*,\\s*\\?)+\\s*\\)");
    private static final Pattern LISTS = Pattern.compile("\\(\\?\\.\\.\\.\\)(?:\\s*,\\s*\\(\\?\\.\\.\\.\\))+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Whether the statement may change data, which is assumed unless it is known to only read. */
    boolean mayWrite() {
        return !READS.contains(leadingWord());
    }

    /** Whether the statement needs space on the disk: a deletion does, as it is written down how to undo it. */
    boolean takesSpace() {
        return TAKE_SPACE.contains(leadingWord());
    }

    private String leadingWord() {
        var leading = LEADING.matcher(text);
        return leading.matches() ? leading.group(1).toUpperCase(Locale.ROOT) : "";
    }

    /** The statement without values: literals and lists of literals become question marks, and comments are left out. */
    String shape() {
        var shape = LITERAL.matcher(COMMENT.matcher(text).replaceAll(" ")).replaceAll("?");
        shape = LISTS.matcher(LIST.matcher(shape).replaceAll("(?...)")).replaceAll("(?...)");
        shape = SPACE.matcher(shape).replaceAll(" ").strip();
        return shape.length() <= LONGEST_SHAPE ? shape : shape.substring(0, LONGEST_SHAPE) + "...";
    }
}
