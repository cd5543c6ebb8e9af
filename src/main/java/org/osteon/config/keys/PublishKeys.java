package org.osteon.config.keys;

import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** Publishing. */
public final class PublishKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Long> INLINE_MAX_BYTES =
      KEYS.add(
          new Setting<>(
              "publish.inline.max.bytes",
              "1048576",
              ValueTypes.wholeLong(0, 512L << 20),
              "Images up to this size travel in their events; larger ones are uploaded, where publish.upload.to is set.",
              "Large events cost brokers and consumers memory; many small objects cost round trips."));

  public static final Setting<String> UPLOAD_TO =
      KEYS.add(
          new Setting<>(
              "publish.upload.to",
              null,
              ValueTypes.uploads(),
              "Where larger images are put, under their SHA-256; without it all travel in their events.",
              "The service must be allowed to fetch there, or each becomes FORBIDDEN_URI; nothing removes them, so let the store expire them."));

  private PublishKeys() {}
}
