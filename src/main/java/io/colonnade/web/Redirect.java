package io.colonnade.web;

/** A directory with an {@code index.html}, asked for without the slash at its end. */
enum Redirect implements Resource {
    TO_DIRECTORY
}
