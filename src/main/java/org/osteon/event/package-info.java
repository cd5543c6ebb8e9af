/** The events on the wire: serdes with Confluent's framing, topics, registry. */
@NullMarked
package org.osteon.event;

import org.jspecify.annotations.NullMarked;
