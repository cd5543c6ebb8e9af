/**
 * The events on the wire, as classes that the build makes of {@code schemas/}, and what everyone
 * must know of them: sizes, words for people, how reading one ends.
 *
 * <p>Anyone may use it but {@code batch}, {@code image} and {@code fetch}. Start reading at {@link
 * org.osteon.event.TopicPlan}.
 */
@NullMarked
package org.osteon.event;

import org.jspecify.annotations.NullMarked;
