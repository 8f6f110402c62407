// The calls of the kernel's GPIO character device, uAPI v2 (Linux 5.10, include/uapi/linux/gpio.h), that Node cannot
// make, one function each, and the event loop's poll of a line. What they mean is said in ../gpio-lines.ts. Chips and
// lines are file descriptors; an error of the kernel is thrown with its name as `code`.

#include <cerrno>
#include <fcntl.h>
#include <linux/gpio.h>
#include <node_api.h>
#include <sys/ioctl.h>
#include <uv.h>

namespace {

/** The arguments of a call. What is not there, or not a number, is -1, which the kernel refuses. */
class Arguments {
 public:
  Arguments(napi_env env, napi_callback_info info) : env_(env) {
    size_t count = sizeof values_ / sizeof *values_;
    napi_get_cb_info(env, info, &count, values_, nullptr, nullptr);
  }

  napi_value operator[](size_t at) const { return values_[at]; }

  int number(size_t at) const {
    int32_t number = -1;
    napi_get_value_int32(env_, values_[at], &number);
    return number;
  }

 private:
  napi_env env_;
  napi_value values_[4];
};

napi_value refused(napi_env env, int error) {
  napi_throw_error(env, uv_err_name(error), uv_strerror(error));
  return nullptr;
}

napi_value number(napi_env env, int64_t value) {
  napi_value result;
  napi_create_int64(env, value, &result);
  return result;
}

napi_value text(napi_env env, const char* value) {
  napi_value result;
  napi_create_string_utf8(env, value, NAPI_AUTO_LENGTH, &result);
  return result;
}

napi_value chip_info(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  gpiochip_info chip{};
  if (ioctl(given.number(0), GPIO_GET_CHIPINFO_IOCTL, &chip) < 0) return refused(env, -errno);
  napi_value result;
  napi_create_object(env, &result);
  napi_set_named_property(env, result, "label", text(env, chip.label));
  napi_set_named_property(env, result, "lines", number(env, chip.lines));
  return result;
}

napi_value consumer(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  gpio_v2_line_info line{};
  line.offset = given.number(1);
  if (ioctl(given.number(0), GPIO_V2_GET_LINEINFO_IOCTL, &line) < 0) return refused(env, -errno);
  return text(env, line.consumer);
}

napi_value claim(napi_env env, const Arguments& given, gpio_v2_line_request& request) {
  request.num_lines = 1;
  request.offsets[0] = given.number(1);
  napi_get_value_string_utf8(env, given[2], request.consumer, sizeof request.consumer, nullptr);
  if (ioctl(given.number(0), GPIO_V2_GET_LINE_IOCTL, &request) < 0) return refused(env, -errno);
  // The kernel has it closed when a program is started.
  if (request.config.flags & GPIO_V2_LINE_FLAG_OUTPUT) fcntl(request.fd, F_SETFD, 0);
  return number(env, request.fd);
}

napi_value claim_output(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  gpio_v2_line_request request{};
  request.config.flags = GPIO_V2_LINE_FLAG_OUTPUT;
  request.config.num_attrs = 1;
  request.config.attrs[0].attr.id = GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES;
  request.config.attrs[0].attr.values = given.number(3) == 1;
  request.config.attrs[0].mask = 1;
  return claim(env, given, request);
}

napi_value claim_input(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  gpio_v2_line_request request{};
  request.config.flags =
      GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_RISING | GPIO_V2_LINE_FLAG_EDGE_FALLING;
  request.event_buffer_size = given.number(3);
  return claim(env, given, request);
}

napi_value read_level(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  gpio_v2_line_values values{.bits = 0, .mask = 1};
  if (ioctl(given.number(0), GPIO_V2_LINE_GET_VALUES_IOCTL, &values) < 0) return refused(env, -errno);
  return number(env, values.bits & 1);
}

napi_value write_level(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  gpio_v2_line_values values{.bits = given.number(1) == 1, .mask = 1};
  if (ioctl(given.number(0), GPIO_V2_LINE_SET_VALUES_IOCTL, &values) < 0) return refused(env, -errno);
  return nullptr;
}

struct Watch {
  uv_poll_t poll;
  napi_env env;
  napi_ref listener;
  napi_async_context context;
  napi_async_cleanup_hook_handle cleanup;
};

void tell(uv_poll_t* poll, int status, int) {
  const Watch& watch = *static_cast<Watch*>(poll->data);
  napi_env env = watch.env;
  napi_handle_scope scope;
  napi_open_handle_scope(env, &scope);
  napi_value global, listener, error, argument = number(env, status);
  napi_get_global(env, &global);
  napi_get_reference_value(env, watch.listener, &listener);
  const bool thrown = napi_make_callback(env, watch.context, global, listener, 1, &argument, nullptr) ==
                      napi_pending_exception;
  if (thrown && napi_get_and_clear_last_exception(env, &error) == napi_ok) napi_fatal_exception(env, error);
  napi_close_handle_scope(env, scope);
}

/** At the end of the program, or of a thread, this module stays loaded until all of these are done. */
void end_poll(napi_async_cleanup_hook_handle, void* data) {
  auto* handle = reinterpret_cast<uv_handle_t*>(&static_cast<Watch*>(data)->poll);
  if (uv_is_closing(handle)) return;
  uv_close(handle, [](uv_handle_t* closed) {
    auto* watch = static_cast<Watch*>(closed->data);
    napi_remove_async_cleanup_hook(watch->cleanup);
    delete watch;
  });
}

napi_value watch(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  uv_loop_t* loop;
  napi_get_uv_event_loop(env, &loop);
  auto* watch = new Watch{};
  watch->env = env;
  watch->poll.data = watch;
  if (const int error = uv_poll_init(loop, &watch->poll, given.number(0)); error < 0) {
    delete watch;
    return refused(env, error);
  }
  napi_create_reference(env, given[1], 1, &watch->listener);
  napi_async_init(env, nullptr, text(env, "GPIO line"), &watch->context);
  napi_add_async_cleanup_hook(env, end_poll, watch, &watch->cleanup);
  uv_poll_start(&watch->poll, UV_READABLE, tell);
  napi_value result;
  napi_create_external(env, watch, nullptr, nullptr, &result);
  return result;
}

napi_value unwatch(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  void* data = nullptr;
  if (napi_get_value_external(env, given[0], &data) != napi_ok) return refused(env, UV_EINVAL);
  const Watch& watch = *static_cast<Watch*>(data);
  napi_delete_reference(env, watch.listener);
  napi_async_destroy(env, watch.context);
  end_poll(nullptr, data);
  return nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  const struct {
    const char* name;
    napi_callback call;
  } functions[] = {
      {"chipInfo", chip_info},   {"consumer", consumer}, {"claimOutput", claim_output},
      {"claimInput", claim_input}, {"read", read_level},   {"write", write_level},
      {"watch", watch},          {"unwatch", unwatch},
  };
  for (const auto& [name, call] : functions) {
    napi_value function;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, call, nullptr, &function);
    napi_set_named_property(env, exports, name, function);
  }
  return exports;
}
