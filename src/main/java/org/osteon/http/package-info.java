/**
 * A small HTTP door for probes, metrics and pages, on the JDK's own server: {@link
 * org.osteon.http.HttpDoor}.
 *
 * <p>Any process may open one; it uses no other room.
 */
@NullMarked
package org.osteon.http;

import org.jspecify.annotations.NullMarked;
