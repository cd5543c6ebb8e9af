package org.osteon.testing.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.osteon.sandbox.Ports;

/**
 * Gives a signed token for a client's credentials, and its key to those who check tokens: an
 * identity provider's part in OAuth 2.0 (RFC 6749, 4.4).
 */
final class TokenServer implements AutoCloseable {
  /** Whom a token is for. */
  static final String AUDIENCE = "kafka";

  /** Kafka's clients and brokers go to no address that this does not name. */
  private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  private static final float MINUTES = 10;

  private final HttpServer server;
  private final RsaJsonWebKey key;
  private final String secret;

  private TokenServer(HttpServer server, RsaJsonWebKey key, String secret) {
    this.server = server;
    this.key = key;
    this.secret = secret;
  }

  /** Starts one that knows every client by the same secret. */
  static TokenServer start(String secret) throws IOException, JoseException {
    HttpServer http = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, 0), 0);
    RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId("of-this-test");
    key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
    TokenServer server = new TokenServer(http, key, secret);
    http.createContext("/token", server::token);
    http.createContext("/keys", server::key);
    http.start();
    System.setProperty(ALLOWED, server.tokens() + "," + server.keys());
    return server;
  }

  /** The token endpoint. */
  String tokens() {
    return "http://" + Ports.LOOPBACK + ":" + server.getAddress().getPort() + "/token";
  }

  /** The JSON web key set. */
  String keys() {
    return "http://" + Ports.LOOPBACK + ":" + server.getAddress().getPort() + "/keys";
  }

  @Override
  public void close() {
    server.stop(0);
    System.clearProperty(ALLOWED);
  }

  private void token(HttpExchange exchange) throws IOException {
    String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String[] who =
        new String(
                Base64.getDecoder().decode(shown.replaceFirst("^Basic ", "")),
                StandardCharsets.UTF_8)
            .split(":", 2);
    if (!who[1].equals(secret)) {
      answer(exchange, 401, "{\"error\": \"invalid_client\"}");
      return;
    }
    try {
      answer(
          exchange,
          200,
          "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 600}"
              .formatted(signed(who[0])));
    } catch (JoseException e) {
      throw new IOException(e);
    }
  }

  private String signed(String client) throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setSubject(client);
    claims.setAudience(AUDIENCE);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(MINUTES);
    claims.setStringClaim("scope", "kafka");
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return signature.getCompactSerialization();
  }

  private void key(HttpExchange exchange) throws IOException {
    answer(exchange, 200, new JsonWebKeySet(key).toJson());
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
