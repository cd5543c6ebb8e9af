/** Measures the service against the limit of the machine, and a plain way of doing the same. */
@NullMarked
package org.osteon.bench;

import org.jspecify.annotations.NullMarked;
