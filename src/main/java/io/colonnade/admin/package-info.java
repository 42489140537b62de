/** The admin port: status, health, and orders to members such as drain. */
@NullMarked
package io.colonnade.admin;

import org.jspecify.annotations.NullMarked;
