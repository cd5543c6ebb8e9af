/**
 * The topic in which replicas say which records they have in hand, and operators which records are
 * to be skipped.
 *
 * <p>For {@code service} and the command {@code skip}. Start reading at {@link
 * org.osteon.service.owners.OwnersTopic}.
 */
@NullMarked
package org.osteon.service.owners;

import org.jspecify.annotations.NullMarked;
