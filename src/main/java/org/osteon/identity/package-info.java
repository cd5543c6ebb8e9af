/**
 * Whose pseudonyms an image's and an order's are: sealed under the site's key by the gateway and by
 * who takes orders in, opened by the deliverer alone. Knows nothing of images or of how things are
 * delivered.
 *
 * <p>Start reading at {@link org.osteon.identity.IdentitySeal}.
 */
@NullMarked
package org.osteon.identity;

import org.jspecify.annotations.NullMarked;
