/** The public interface for authors of sites; semantic versioning applies here. */
@NullMarked
package io.colonnade.site;

import org.jspecify.annotations.NullMarked;
