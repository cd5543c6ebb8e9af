/**
 * DICOM's network: the upper layer (PS3.8 section 9) and of the message service (PS3.7) what a
 * storage provider needs. Knows nothing of images, events or Kafka.
 */
@NullMarked
package org.osteon.dimse;

import org.jspecify.annotations.NullMarked;
