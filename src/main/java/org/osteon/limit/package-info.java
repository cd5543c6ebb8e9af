/**
 * Limits to what others may take of us, in time, connections and log lines, and to how often we ask
 * them again. Rooms that fetch from others or answer others use them. It uses no other room.
 */
@NullMarked
package org.osteon.limit;

import org.jspecify.annotations.NullMarked;
