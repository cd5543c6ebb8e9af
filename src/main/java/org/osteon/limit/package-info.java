/**
 * Limits to what others may take of us, in time, connections and log lines, and to how often we ask
 * them again: whoever fetches from somebody or answers somebody uses them. It uses no other room.
 */
@NullMarked
package org.osteon.limit;

import org.jspecify.annotations.NullMarked;
