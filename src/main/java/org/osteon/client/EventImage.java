package org.osteon.client;

import org.jspecify.annotations.Nullable;
import org.osteon.event.ImageReference;
import org.osteon.event.InlineImage;
import org.osteon.event.XRayEvent;
import org.osteon.fetch.Fetched;
import org.osteon.fetch.ImageFetcher;
import org.osteon.fetch.Reference;

/** The file of an event, wherever it lies. */
public final class EventImage {
  private EventImage() {}

  /**
   * @param fetcher gets what the event names
   * @return null where it is out of reach
   */
  public static byte @Nullable [] of(XRayEvent event, ImageFetcher fetcher)
      throws InterruptedException {
    if (event.getImage() instanceof InlineImage inline) {
      byte[] bytes = new byte[inline.getData().remaining()];
      inline.getData().duplicate().get(bytes);
      return bytes;
    }
    ImageReference there = (ImageReference) event.getImage();
    Reference reference = new Reference(there.getUri(), there.getLength(), there.getSha256());
    return fetcher.fetch(reference, System.nanoTime()) instanceof Fetched.Bytes fetched
        ? fetched.bytes()
        : null;
  }
}
