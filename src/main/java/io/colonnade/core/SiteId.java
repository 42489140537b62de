package io.colonnade.core;

/**
 * A site and the content it has: two nodes that have the same {@code SiteId} answer alike.
 *
 * @param name the site's name, unique in the cluster, such as {@code foobar}
 * @param content a digest of the site's archive, in hexadecimal
 */
public record SiteId(String name, String content) {}
