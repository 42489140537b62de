/** The tier that answers names: an authoritative server for the sites' zones. */
@NullMarked
package io.colonnade.dns;

import org.jspecify.annotations.NullMarked;
