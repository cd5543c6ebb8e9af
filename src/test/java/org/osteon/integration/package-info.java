/**
 * The whole service with a real broker and a real registry: what it answers, to whom, and what it
 * says of itself. Every test is tagged {@code integration}.
 *
 * <p>Start reading at {@link org.osteon.integration.SkipTest}.
 */
@NullMarked
package org.osteon.integration;

import org.jspecify.annotations.NullMarked;
