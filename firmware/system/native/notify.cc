// One datagram to a local socket, which Node cannot send: the service manager's notification (sd_notify(3)).

#include <cerrno>
#include <cstddef>
#include <node_api.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>

namespace {

napi_value refused(napi_env env, int error) {
  napi_throw_error(env, uv_err_name(error), uv_strerror(error));
  return nullptr;
}

/** notify(socket, text): never waits for whoever reads there. */
napi_value notify(napi_env env, napi_callback_info info) {
  napi_value given[2];
  size_t count = 2, path = 0, length = 0;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  char text[1024];
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
  if (napi_get_value_string_utf8(env, given[0], address.sun_path, sizeof address.sun_path, &path) != napi_ok ||
      napi_get_value_string_utf8(env, given[1], text, sizeof text, &length) != napi_ok)
    return refused(env, UV_EINVAL);
  // The other kind of name, which is no file.
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return refused(env, -errno);
  const auto* to = reinterpret_cast<const sockaddr*>(&address);
  const socklen_t size = offsetof(sockaddr_un, sun_path) + path;
  const int error = sendto(descriptor, text, length, MSG_NOSIGNAL, to, size) < 0 ? -errno : 0;
  close(descriptor);
  return error < 0 ? refused(env, error) : nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "notify", NAPI_AUTO_LENGTH, notify, nullptr, &function);
  napi_set_named_property(env, exports, "notify", function);
  return exports;
}
