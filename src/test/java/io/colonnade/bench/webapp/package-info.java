/** The same answers as servlets, for Tomcat. */
@NullMarked
package io.colonnade.bench.webapp;

import org.jspecify.annotations.NullMarked;
