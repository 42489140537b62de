package io.colonnade.web;

/** A file or a redirect: what the index of a site's static files has for a path. */
sealed interface Resource permits StaticFile, Redirect {}
