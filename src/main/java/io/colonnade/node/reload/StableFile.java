package io.colonnade.node.reload;

/**
 * Tells when a file has stopped changing. Editors write a file in several steps, or replace it, and in between the file is empty,
 * incomplete or missing.
 */
final class StableFile {
    private String taken = "";
    private String seen = "";

    /** Whether this content is new and the same as at the previous reading; true once for each content. */
    boolean settled(String content) {
        var settled = content.equals(seen) && !content.equals(taken);
        seen = content;
        taken = settled ? content : taken;
        return settled;
    }
}
