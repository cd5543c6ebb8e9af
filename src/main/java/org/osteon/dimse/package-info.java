/**
 * DICOM's network: of the message service (PS3.7) what a storage provider and a user of one need,
 * on top of the upper layer in {@code dimse.pdu}. Knows nothing of images, events or Kafka. Start
 * reading at {@link org.osteon.dimse.StorageScp}.
 */
@NullMarked
package org.osteon.dimse;

import org.jspecify.annotations.NullMarked;
