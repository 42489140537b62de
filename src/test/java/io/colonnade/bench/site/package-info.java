/** The site that the benchmark measures, and the same router behind a plain Vert.x server. */
@NullMarked
package io.colonnade.bench.site;

import org.jspecify.annotations.NullMarked;
