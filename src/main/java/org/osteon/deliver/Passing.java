package org.osteon.deliver;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells troubles of Kafka and the registry that pass from those that somebody must mend. */
final class Passing {
  private static final int SERVER_ERRORS = 500;

  private Passing() {}

  static boolean is(Throwable trouble) {
    for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
        return false;
      }
      if (cause instanceof RestClientException rest) {
        int status = rest.getStatus();
        return status >= SERVER_ERRORS || status == 429 || status == 408;
      }
      if (cause instanceof RetriableException
          || cause instanceof SocketException
          || cause instanceof SocketTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof SSLException) {
        return true;
      }
    }
    return false;
  }
}
