package org.osteon.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.PublishKeys;
import org.osteon.event.XRayEvent;
import org.osteon.fetch.FetchSettings;
import org.osteon.fetch.ImageUpload;

/**
 * Makes events of images, small ones inline, large ones by reference to where they were uploaded.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public final class Outbox implements AutoCloseable {
  private final EventMaker maker;
  private final long inlineMaxBytes;
  private final @Nullable ImageUpload upload;

  public Outbox(EventMaker maker, Settings settings) {
    this.maker = maker;
    this.inlineMaxBytes = settings.get(PublishKeys.INLINE_MAX_BYTES);
    this.upload =
        settings
            .find(PublishKeys.UPLOAD_TO)
            .map(target -> new ImageUpload(target, FetchSettings.S3.of(settings)))
            .orElse(null);
  }

  /**
   * Returns when a large image is in its store, so that no event is there before its image.
   *
   * @throws OperationFailedException the store did not take it
   */
  public XRayEvent event(
      byte[] image, String contentType, @Nullable String study, @Nullable String bodyPart) {
    ImageUpload store = upload;
    if (store == null || image.length <= inlineMaxBytes) {
      return maker.event(image, contentType, study, bodyPart);
    }
    try {
      return maker.event(store.put(image, contentType), contentType, study, bodyPart);
    } catch (IOException e) {
      throw new OperationFailedException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    if (upload != null) {
      upload.close();
    }
  }
}
