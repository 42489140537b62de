/** The site that the integration tests ask; it is put into a jar of its own, and uses only what a site may use. */
@NullMarked
package io.colonnade.it.site;

import org.jspecify.annotations.NullMarked;
