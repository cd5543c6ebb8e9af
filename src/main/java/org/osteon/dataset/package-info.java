/** Arrays for training, written by the code that serves, so that the two cannot differ. */
@NullMarked
package org.osteon.dataset;

import org.jspecify.annotations.NullMarked;
