package org.osteon.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.osteon.config.value.ConfigException;

/**
 * The site's keys, out of a file with {@code ID HEX} in each line. The last one seals; every one
 * opens, so a new key is a line more, and an old one goes when nothing is left that it sealed.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class SiteKeys {
  private static final int KEY_BYTES = 32;

  private final Map<String, SecretKey> keys;
  private final String newest;

  private SiteKeys(Map<String, SecretKey> keys, String newest) {
    this.keys = keys;
    this.newest = newest;
  }

  /**
   * @throws ConfigException it cannot be read, or holds something else than keys
   */
  public static SiteKeys read(Path file) {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    String newest = "";
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String text = line.trim();
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        String[] words = text.split("\\s+", 3);
        if (words.length != 2
            || !words[0].matches("[A-Za-z0-9._-]{1,64}")
            || !words[1].matches("[0-9a-fA-F]{64}")
            || keys.containsKey(words[0])) {
          throw new ConfigException(
              "identity.key.file must hold a key in each line, an id of its own and 64 hex digits: make one with `echo \"$(date +%F) $(openssl rand -hex 32)\"`.");
        }
        byte[] bytes = HexFormat.of().parseHex(words[1]);
        keys.put(words[0], new SecretKeySpec(bytes, 0, KEY_BYTES, "AES"));
        newest = words[0];
      }
    } catch (IOException e) {
      throw new ConfigException(
          "identity.key.file cannot be read (%s): give a readable file."
              .formatted(e.getClass().getSimpleName()),
          e);
    }
    if (keys.isEmpty()) {
      throw new ConfigException(
          "identity.key.file holds no key: make one with `echo \"$(date +%F) $(openssl rand -hex 32)\"`.");
    }
    return new SiteKeys(keys, newest);
  }

  /** Id of the key that seals. */
  String newest() {
    return newest;
  }

  /** The key of that id; null where the file has none. */
  @Nullable SecretKey of(String id) {
    return keys.get(id);
  }

  /** Without a key. */
  @Override
  public String toString() {
    return "SiteKeys" + keys.keySet();
  }
}
