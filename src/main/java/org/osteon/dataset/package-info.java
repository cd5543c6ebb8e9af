/**
 * Radiographs on a disk, for training: what a sample is, its plane by the decoder that serves, and
 * the words that mean a class or a split.
 *
 * <p>The rooms inside build on this one; the commands below {@code cli.dataset} use them. Start
 * reading at {@link org.osteon.dataset.Sample} and {@link org.osteon.dataset.Planes}.
 */
@NullMarked
package org.osteon.dataset;

import org.jspecify.annotations.NullMarked;
