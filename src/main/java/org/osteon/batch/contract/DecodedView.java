package org.osteon.batch.contract;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.osteon.image.ImageInfo;

/**
 * An image on its way to the device, as someone sees it who looks on.
 *
 * @param file the whole file; not to be changed
 * @param sha256 its digest, lower-case hex
 * @param image what it turned out to be
 * @param plane {@code uint8 [H, W]}, from position to limit, as the model gets it; to be read
 *     before the call that handed it over returns
 * @param outcome to come; what hangs on it must be quick
 */
@SuppressWarnings("ArrayRecordComponent") // shared, so that looking on copies nothing
public record DecodedView(
    byte[] file,
    String sha256,
    ImageInfo image,
    ByteBuffer plane,
    CompletionStage<Outcome> outcome) {}
