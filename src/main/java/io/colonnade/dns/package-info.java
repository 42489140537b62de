/** The DNS tier: an authoritative name server for the sites' zones. */
@NullMarked
package io.colonnade.dns;

import org.jspecify.annotations.NullMarked;
