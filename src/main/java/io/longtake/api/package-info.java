/** What the platform says over HTTP. */
package io.longtake.api;
