/**
 * What was ordered, kept until the images come and after: by study, and by accession number.
 *
 * <p>For the processors of images and of studies. Start reading at {@link
 * org.osteon.topology.order.OrderBook}.
 */
@NullMarked
package org.osteon.topology.order;

import org.jspecify.annotations.NullMarked;
