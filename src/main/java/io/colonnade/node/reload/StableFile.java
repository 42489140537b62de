package io.colonnade.node.reload;

/**
 * Tells when a file has come to rest: editors write in several steps, or replace the file, and in between it is empty,
 * half there or missing.
 */
final class StableFile {
    private String taken = "";
    private String seen = "";

    /** Whether this content is new and the same as at the look before; true once for each. */
    boolean settled(String content) {
        var settled = content.equals(seen) && !content.equals(taken);
        seen = content;
        taken = settled ? content : taken;
        return settled;
    }
}
