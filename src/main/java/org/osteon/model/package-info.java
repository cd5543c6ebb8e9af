/** Version folders, digests, the golden check, loading by DJL and warm-up. */
@NullMarked
package org.osteon.model;

import org.jspecify.annotations.NullMarked;
