/** The public API for authors of sites. Semantic versioning applies to it. */
@NullMarked
package io.colonnade.site;

import org.jspecify.annotations.NullMarked;
