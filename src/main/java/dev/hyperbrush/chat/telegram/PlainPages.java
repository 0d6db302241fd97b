package dev.hyperbrush.chat.telegram;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Makes of an error page for people, which servers in front of Telegram's answer with, what
 * Telegram would say: otherwise nobody learns which error it was. Immutable.
 */
final class PlainPages implements Interceptor {
  private static final int FIRST_ERROR = 400;
  private static final MediaType JSON = MediaType.get("application/json");

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    MediaType type = response.body().contentType();
    if (response.code() < FIRST_ERROR || (type != null && type.subtype().equals("json"))) {
      return response;
    }
    response.close();
    String said =
        "{\"ok\":false,\"error_code\":%1$d,\"description\":\"HTTP status %1$d\"}"
            .formatted(response.code());
    return response.newBuilder().body(ResponseBody.create(said, JSON)).build();
  }
}
