/** What the service counts and measures: one list of it, and the page that says so. */
@NullMarked
package org.osteon.metrics;

import org.jspecify.annotations.NullMarked;
