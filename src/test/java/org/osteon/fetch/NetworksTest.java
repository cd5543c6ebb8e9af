package org.osteon.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  private final Networks strict = new Networks(List.of());
  private final Networks open =
      new Networks(List.of("10.20.0.0/15", "127.0.0.1", "fd00:1::/32", "169.254.1.0/31"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:1::1",
        "2001:db8::1",
      })
  void nothingInsideMayBeConnectedTo(String address) throws Exception {
    assertThat(strict.allows(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "11.0.0.1", "100.128.0.1", "2606:4700::1111"})
  void whatIsPublicMay(String address) throws Exception {
    assertThat(strict.allows(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.20.0.1", "10.21.255.255", "127.0.0.1", "fd00:1:2::3", "169.254.1.1"})
  void whatTheConfigurationNamesMay(String address) throws Exception {
    assertThat(open.allows(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.22.0.1", "127.0.0.2", "fd00:2::1", "169.254.1.2"})
  void andNoneBesideThem(String address) throws Exception {
    assertThat(open.allows(InetAddress.getByName(address))).isFalse();
  }
}
