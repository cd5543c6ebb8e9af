package org.osteon.service;

import java.io.IOException;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;
import org.osteon.image.isolated.IsolatedDecoder;
import org.osteon.image.isolated.IsolationTerms;
import org.osteon.model.engine.Cpus;

/** Where the service's images are decoded. */
final class Decoders {
  private Decoders() {}

  /**
   * @param parts takes over what must be closed
   * @throws ConfigException no decode process can be started here
   */
  static ImageDecoder of(Settings settings, Cpus cpus, Lifecycle parts) {
    ImageLimits limits =
        new ImageLimits(
            settings.get(ImageKeys.IMAGE_MAX_BYTES), settings.get(ImageKeys.IMAGE_MAX_PIXELS));
    if (!settings.get(ImageKeys.DECODE_ISOLATION)) {
      return ImageDecoders.standard(limits);
    }
    IsolationTerms terms =
        new IsolationTerms(
            limits,
            cpus.decodeThreads(),
            settings.get(ImageKeys.IMAGE_DECODE_TIMEOUT_MS),
            settings.get(ImageKeys.DECODE_HEAP_MB),
            settings.get(ImageKeys.DECODE_NATIVE_MB));
    try {
      return parts.own(new IsolatedDecoder(terms));
    } catch (IOException e) {
      throw new ConfigException(
          "No decode process can be started (%s): make room for it, or set decode.isolation=none."
              .formatted(e.getMessage()),
          e);
    }
  }
}
