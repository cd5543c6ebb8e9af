/**
 * Image references in, verified bytes out: what may be fetched, from where, and how long it is
 * tried. Knows nothing of Kafka and nothing of events.
 */
@NullMarked
package org.osteon.fetch;

import org.jspecify.annotations.NullMarked;
