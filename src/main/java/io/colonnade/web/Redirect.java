package io.colonnade.web;

/** The answer to a request for a directory that has an {@code index.html}, without the slash at its end. */
enum Redirect implements Resource {
    TO_DIRECTORY
}
