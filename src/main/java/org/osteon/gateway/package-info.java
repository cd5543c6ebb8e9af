/**
 * The ways in for those who speak no Kafka: DICOM and HTTP. What comes in leaves without the
 * patient's identity, as an event.
 */
@NullMarked
package org.osteon.gateway;

import org.jspecify.annotations.NullMarked;
