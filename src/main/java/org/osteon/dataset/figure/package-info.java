/**
 * Pictures of a data set: contact sheets with labels and a model's answers, and the figure of input
 * sizes.
 *
 * <p>For the commands. Start reading at {@link org.osteon.dataset.figure.Look}.
 */
@NullMarked
package org.osteon.dataset.figure;

import org.jspecify.annotations.NullMarked;
