/**
 * What those who use the pipeline say and hear: how an image is to be handled, what became of it,
 * and what happens meanwhile. Knows nothing of how.
 */
@NullMarked
package org.osteon.batch.contract;

import org.jspecify.annotations.NullMarked;
