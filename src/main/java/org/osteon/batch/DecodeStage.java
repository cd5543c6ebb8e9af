package org.osteon.batch;

import org.osteon.batch.device.SuspectTrial;
import org.osteon.image.ImageDecoder;

/**
 * What happens to a file before its plane joins a batch.
 *
 * @param decoder from files to planes; who made it closes it
 * @param trial of what is suspected, before it is decoded here; closed with the pipeline
 */
public record DecodeStage(ImageDecoder decoder, SuspectTrial trial) {
  /** Where nothing is ever suspected. */
  public static DecodeStage of(ImageDecoder decoder) {
    return new DecodeStage(decoder, SuspectTrial.NONE);
  }
}
