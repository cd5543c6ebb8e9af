/**
 * The model versions that lie in a folder: what their cards say, and how one is deployed.
 *
 * <p>For {@link org.osteon.console}. Start reading at {@link
 * org.osteon.console.shelf.VersionShelf}.
 */
@NullMarked
package org.osteon.console.shelf;

import org.jspecify.annotations.NullMarked;
