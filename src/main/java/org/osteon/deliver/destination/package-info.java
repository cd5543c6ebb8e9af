/**
 * What a target is: what it is called, what it wants, and how a sending can end.
 *
 * <p>For {@code deliver} and the rooms of each kind. Start reading at {@link
 * org.osteon.deliver.destination.Target}.
 */
@NullMarked
package org.osteon.deliver.destination;

import org.jspecify.annotations.NullMarked;
