/** The admin port: status, health, drain. */
@NullMarked
package io.colonnade.admin;

import org.jspecify.annotations.NullMarked;
