package org.osteon.deliver.destination;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, as long as it is one: an endless body ends the exchange.
 *
 * <p><b>Threading.</b> The HTTP client's, one at a time.
 */
final class BoundedBody implements BodySubscriber<byte[]> {
  static final int MOST = 1 << 20;

  private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
  private Flow.@Nullable Subscription subscription;
  private long length;

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    whole.onSubscribe(to);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer each : buffers) {
      length += each.remaining();
    }
    if (length <= MOST) {
      whole.onNext(buffers);
    } else if (subscription != null) {
      subscription.cancel();
      subscription = null;
      whole.onError(new IOException("The answer is longer than " + MOST + " bytes."));
    }
  }

  @Override
  public void onError(Throwable trouble) {
    whole.onError(trouble);
  }

  @Override
  public void onComplete() {
    whole.onComplete();
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole.getBody();
  }
}
