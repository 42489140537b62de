/** The tier that serves static files and hands everything else to an application node. */
@NullMarked
package io.colonnade.web;

import org.jspecify.annotations.NullMarked;
