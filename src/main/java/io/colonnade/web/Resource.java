package io.colonnade.web;

/** What is at a path of a site's static files. */
sealed interface Resource permits StaticFile, Redirect {}
