/**
 * The commands below {@code osteon model}: list, verify, sign, deploy and their kind.
 *
 * <p>For {@link org.osteon.cli.Osteon} alone. Start reading at {@link
 * org.osteon.cli.model.ModelCommand}.
 */
@NullMarked
package org.osteon.cli.model;

import org.jspecify.annotations.NullMarked;
