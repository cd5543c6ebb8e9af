/**
 * Versions of the model in the whole service: from where they come, and what becomes of one that is
 * switched to, asked beside the active one or given a share of the studies.
 *
 * <p>Start reading at {@link org.osteon.integration.versions.ModelSwitchTest}.
 */
@NullMarked
package org.osteon.integration.versions;

import org.jspecify.annotations.NullMarked;
