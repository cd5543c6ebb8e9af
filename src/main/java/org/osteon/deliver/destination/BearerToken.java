package org.osteon.deliver.destination;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osteon.config.value.ConfigException;

/**
 * Key {@code token.file} of a target: a token in a file of its own, which something else may renew.
 *
 * @param file with the token alone; empty where none is asked for
 */
public record BearerToken(Optional<Path> file) {
  /**
   * @throws ConfigException it is named and cannot be read
   */
  public static BearerToken of(TargetSettings target) {
    BearerToken token = new BearerToken(target.file("token.file"));
    try {
      token.now();
    } catch (IOException e) {
      throw new ConfigException(
          "deliver.targets.file: %s.token.file cannot be read (%s): give a file with the token alone."
              .formatted(target.name(), e.getClass().getSimpleName()),
          e);
    }
    return token;
  }

  /**
   * The token as it is now.
   *
   * @throws IOException it cannot be read
   */
  public Optional<String> now() throws IOException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String token = Files.readString(file.get()).trim();
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new IOException("no token in it");
    }
    return Optional.of(token);
  }
}
