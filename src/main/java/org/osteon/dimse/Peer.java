package org.osteon.dimse;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who stores.
 *
 * @param host its name or address
 * @param port its port
 * @param called its AE title
 * @param calling our AE title
 * @param patience how long it may take to connect, and to answer each request
 * @param tls null for a plain connection
 */
public record Peer(
    String host,
    int port,
    String called,
    String calling,
    Duration patience,
    @Nullable SSLContext tls) {}
