package org.osteon.batch.contract;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One listener that tells several, in their order: the same for every listener interface whose
 * methods return nothing. What one throws reaches the caller, and those behind it are not told.
 *
 * <p>A generated proxy and not a class with each method written twice: the two that there were had
 * to be changed with each new step of an image.
 *
 * <p><b>Threading.</b> As that of the listeners.
 */
public final class FanOut {
  private FanOut() {}

  /**
   * @param listener an interface
   * @param all told in this order
   */
  public static <T> T of(Class<T> listener, List<? extends T> all) {
    List<T> told = List.copyOf(all);
    InvocationHandler handler =
        (proxy, method, arguments) ->
            method.getDeclaringClass() == Object.class
                ? ofObject(told, proxy, method, arguments)
                : tell(told, method, arguments);
    return listener.cast(
        Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, handler));
  }

  private static <T> @Nullable Object tell(List<T> told, Method method, Object[] arguments)
      throws Throwable {
    try {
      for (T each : told) {
        method.invoke(each, arguments);
      }
      return null;
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static <T> Object ofObject(
      List<T> told, Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "FanOut" + told;
    };
  }
}
