package org.osteon.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** One request at an {@link HttpPort}, and its answer. */
public final class HttpCall {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClassicHttpRequest request;
  private final ClassicHttpResponse response;
  private final HttpPort.Clock clock;

  HttpCall(ClassicHttpRequest request, ClassicHttpResponse response, HttpPort.Clock clock) {
    this.request = request;
    this.response = response;
    this.clock = clock;
  }

  /** Whose it is. */
  public InetAddress peer() {
    return clock.peer();
  }

  public String method() {
    return request.getMethod();
  }

  /** Without its query. */
  public String path() {
    String target = request.getPath();
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Behind the question mark, as it came; null where there is none. */
  public @Nullable String rawQuery() {
    String target = request.getPath();
    int query = target.indexOf('?');
    return query < 0 ? null : target.substring(query + 1);
  }

  /** The first of that name; null where there is none. */
  public @Nullable String header(String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  public InputStream body() throws IOException {
    HttpEntity entity = request.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /** All that is still to be read and written of this call must be done within that time. */
  public void within(Duration time) {
    clock.within(time);
  }

  /** Of the answer. */
  public void header(String name, String value) {
    response.setHeader(name, value);
  }

  /** Answers with JSON. */
  public void json(int status, Object body) throws IOException {
    answer(status, "application/json", JSON.writeValueAsString(body) + "\n");
  }

  /** Answers with a text in UTF-8. */
  public void answer(int status, String type, String body) {
    response.setCode(status);
    response.setEntity(
        new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), ContentType.create(type)));
  }
}
