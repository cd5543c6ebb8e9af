/**
 * Whose pseudonyms an image's are: sealed under the site's key by the gateway, opened by the
 * deliverer, and by the two alone. Knows nothing of images or of how things are delivered.
 *
 * <p>Start reading at {@link org.osteon.identity.IdentitySeal}.
 */
@NullMarked
package org.osteon.identity;

import org.jspecify.annotations.NullMarked;
