/**
 * SHA-256, once for everyone: bytes, texts, files and streams to lower-case hex.
 *
 * <p>Any room may use it; it uses none. There is only {@link org.osteon.digest.Sha256}.
 */
@NullMarked
package org.osteon.digest;

import org.jspecify.annotations.NullMarked;
