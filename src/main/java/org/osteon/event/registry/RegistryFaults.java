package org.osteon.event.registry;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Sorts what the registry's client throws into its three kinds: away, refused, unknown. */
public final class RegistryFaults {
  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int VERSION_NOT_FOUND = 40402;
  private static final int NO_COMPATIBILITY_OF_ITS_OWN = 40408;

  /** Whether the registry is there and has no such subject or schema. */
  public static boolean isUnknown(RestClientException e) {
    return switch (e.getErrorCode()) {
      case SCHEMA_NOT_FOUND, SUBJECT_NOT_FOUND, VERSION_NOT_FOUND, NO_COMPATIBILITY_OF_ITS_OWN ->
          true;
      default -> false;
    };
  }

  /** What to throw for an answer that says nothing about the schema itself. */
  public static RuntimeException sorted(Exception e) {
    if (e instanceof RestClientException rest) {
      int status = rest.getStatus();
      if (status == 401 || status == 403) {
        return refused(
            "The schema registry answers %d: check schema.registry.basic.auth.* or schema.registry.bearer.auth.*, and what that user may do."
                .formatted(status),
            e);
      }
      // 408 and 429 ask for patience, as do the server's own errors.
      if (status == 408 || status == 429 || status >= 500) {
        return away("The schema registry answers " + status + ".", e);
      }
      return refused(
          "The schema registry answers %d (%s): check that schema.registry.url is the address of a registry."
              .formatted(status, e.getMessage()),
          e);
    }
    if (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException) {
      return refused(
          "The schema registry's certificate is not trusted: check schema.registry.ssl.*.", e);
    }
    if (e instanceof IOException) {
      return away("The schema registry cannot be reached: " + e + ".", e);
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }

  private static RegistryRefusedException refused(String message, Exception cause) {
    return new RegistryRefusedException(message, cause);
  }

  private static RegistryUnavailableException away(String message, Exception cause) {
    return new RegistryUnavailableException(message, cause);
  }

  private RegistryFaults() {}
}
