package org.osteon.cli.output;

import java.nio.file.NoSuchFileException;
import org.osteon.client.OperationFailedException;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.KafkaFault;
import org.osteon.event.registry.RegistryRefusedException;
import org.osteon.event.registry.RegistryUnavailableException;
import org.osteon.model.ModelRefusedException;

/** An error as one sentence that says what to do. */
public final class ErrorMessage {
  public static String of(Throwable error) {
    String message = error.getMessage();
    if (error instanceof ConfigException
        || error instanceof RegistryRefusedException
        || error instanceof KafkaFault
        || error instanceof ModelRefusedException
        || error instanceof OperationFailedException) {
      return String.valueOf(message);
    }
    if (error instanceof RegistryUnavailableException) {
      return message
          + " Check that %s can be reached from here."
              .formatted(KafkaKeys.SCHEMA_REGISTRY_URL.named());
    }
    if (error instanceof NoSuchFileException) {
      return "There is no file " + message + ": check the path.";
    }
    if (error instanceof IllegalStateException || error instanceof IllegalArgumentException) {
      return message == null ? unexpected(error) : message;
    }
    return unexpected(error);
  }

  private static String unexpected(Throwable error) {
    return "That went wrong (%s): run it again with --verbose to see where.".formatted(error);
  }

  private ErrorMessage() {}
}
