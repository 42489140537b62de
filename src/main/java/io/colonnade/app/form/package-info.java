/** Forms that sites read. */
@NullMarked
package io.colonnade.app.form;

import org.jspecify.annotations.NullMarked;
