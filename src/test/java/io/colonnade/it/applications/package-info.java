/** Small Vert.x applications as authors write them, who have never heard of Colonnade. */
@NullMarked
package io.colonnade.it.applications;

import org.jspecify.annotations.NullMarked;
