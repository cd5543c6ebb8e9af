/**
 * The commands below {@code osteon dataset}.
 *
 * <p>For {@link org.osteon.cli.Osteon} alone. Start reading at {@link
 * org.osteon.cli.dataset.DatasetCommand}.
 */
@NullMarked
package org.osteon.cli.dataset;

import org.jspecify.annotations.NullMarked;
