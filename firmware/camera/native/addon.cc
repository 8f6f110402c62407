// The camera as JavaScript sees it; what the calls mean is said in ../libcamera-part.ts. All of this runs in JavaScript's
// thread; the news come to it through a thread-safe function.

#include <node_api.h>

#include <atomic>
#include <memory>

#include "capture.h"

namespace {

using News = Capture::News;

/** One more `CameraManager` in the same process would end it. */
std::atomic_flag taken = ATOMIC_FLAG_INIT;

/** Kept by JavaScript's object and by the thread-safe function, whichever lives longer. */
struct Opening {
  napi_threadsafe_function news;
  /** Keeps the slots while they may be written to. */
  napi_ref memory;
  uint8_t* bytes;
  size_t length, frame_length;
  /** Gone when the camera is closed. */
  std::unique_ptr<Capture> capture;
};
using Kept = std::shared_ptr<Opening>;

void let_go(napi_env, void* kept, void*) { delete static_cast<Kept*>(kept); }

/** All that is left to do when a thread of JavaScript ends with the camera open. Returns when that is closed. */
void shut(void* data) {
  auto& opening = *static_cast<Opening*>(data);
  opening.capture.reset();
  taken.clear();
}

napi_value undefined(napi_env env) {
  napi_value result;
  napi_get_undefined(env, &result);
  return result;
}

napi_value text(napi_env env, const std::string& value) {
  napi_value result;
  napi_create_string_utf8(env, value.data(), value.size(), &result);
  return result;
}

void tell(napi_env env, napi_value listener, void* context, void* data) {
  auto& opening = **static_cast<Kept*>(context);
  if (!env || !opening.capture) return;
  const auto news = static_cast<News>(reinterpret_cast<intptr_t>(data));
  static const char* const words[] = {"opened", "filled", "closed"};
  napi_value arguments[3] = {text(env, words[static_cast<int>(news)]), undefined(env), undefined(env)};
  if (news == News::filled) {
    const std::chrono::duration<double, std::milli> age = Capture::Clock::now() - opening.capture->arrived_at();
    napi_create_double(env, age.count(), &arguments[1]);
  } else if (news == News::closed) {
    if (const char* code = opening.capture->trouble_code()) {
      napi_create_error(env, text(env, code), text(env, opening.capture->trouble()), &arguments[2]);
    }
    shut(&opening);
    napi_remove_env_cleanup_hook(env, shut, &opening);
    napi_delete_reference(env, opening.memory);
    napi_release_threadsafe_function(opening.news, napi_tsfn_release);
  }
  napi_value error;
  const napi_status told = napi_call_function(env, undefined(env), listener, 3, arguments, nullptr);
  if (told == napi_pending_exception && napi_get_and_clear_last_exception(env, &error) == napi_ok) {
    napi_fatal_exception(env, error);
  }
}

napi_value refused(napi_env env, const char* code, const std::string& message) {
  napi_throw_error(env, code, message.c_str());
  return nullptr;
}

napi_value open(napi_env env, napi_callback_info info) {
  napi_value given[5];
  size_t count = 5;
  uint32_t width = 0, height = 0;
  Wanted wanted{};
  void* bytes;
  size_t length;
  if (napi_get_cb_info(env, info, &count, given, nullptr, nullptr) != napi_ok ||
      napi_get_buffer_info(env, given[0], &bytes, &length) != napi_ok ||
      napi_get_value_uint32(env, given[1], &width) != napi_ok ||
      napi_get_value_uint32(env, given[2], &height) != napi_ok ||
      napi_get_value_double(env, given[3], &wanted.frames_per_second) != napi_ok) {
    return refused(env, "CAMERA_FAILED", "open wants memory, a width, a height, a rate and a listener");
  }
  wanted.size = {width, height};
  if (taken.test_and_set()) return refused(env, "CAMERA_BUSY", "this program has the camera open already");

  auto opening = std::make_shared<Opening>();
  opening->bytes = static_cast<uint8_t*>(bytes);
  opening->length = length;
  opening->frame_length = wanted.size.byte_length();
  auto* context = new Kept(opening);
  if (napi_create_threadsafe_function(env, given[4], nullptr, text(env, "camera"), 0, 1, nullptr, let_go, context, tell,
                                      &opening->news) != napi_ok) {
    taken.clear();
    delete context;
    return refused(env, "CAMERA_FAILED", "open wants a listener");
  }
  const auto news = opening->news;
  try {
    opening->capture = std::make_unique<Capture>(wanted, [news](News what) {
      napi_call_threadsafe_function(news, reinterpret_cast<void*>(static_cast<intptr_t>(what)), napi_tsfn_nonblocking);
    });
  } catch (const std::exception& error) {
    taken.clear();
    napi_release_threadsafe_function(news, napi_tsfn_release);
    return refused(env, "CAMERA_FAILED", error.what());
  }
  napi_create_reference(env, given[0], 1, &opening->memory);
  // Added after the thread-safe function's own, this is called before it.
  napi_add_env_cleanup_hook(env, shut, opening.get());
  napi_value result;
  napi_create_external(env, new Kept(opening), let_go, nullptr, &result);
  return result;
}

/** The opening that is meant, if its camera is not closed yet. */
Opening* given_opening(napi_env env, napi_value value) {
  void* kept = nullptr;
  if (napi_get_value_external(env, value, &kept) != napi_ok) return nullptr;
  Opening& opening = **static_cast<Kept*>(kept);
  return opening.capture ? &opening : nullptr;
}

napi_value offer(napi_env env, napi_callback_info info) {
  napi_value given[2];
  size_t count = 2;
  uint32_t index = 0;
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
  Opening* opening = given_opening(env, given[0]);
  if (!opening) return nullptr;
  if (napi_get_value_uint32(env, given[1], &index) != napi_ok || index >= opening->length / opening->frame_length) {
    return refused(env, "CAMERA_FAILED", "there is no such slot");
  }
  opening->capture->offer(opening->bytes + index * opening->frame_length);
  return nullptr;
}

napi_value set_rate(napi_env env, napi_callback_info info) {
  napi_value given[2];
  size_t count = 2;
  double frames_per_second = 0;
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
  Opening* opening = given_opening(env, given[0]);
  if (!opening) return nullptr;
  if (napi_get_value_double(env, given[1], &frames_per_second) != napi_ok || !(frames_per_second > 0)) {
    return refused(env, "CAMERA_FAILED", "a rate is a number over 0");
  }
  opening->capture->set_rate(frames_per_second);
  return nullptr;
}

napi_value close(napi_env env, napi_callback_info info) {
  napi_value given[1];
  size_t count = 1;
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
  if (Opening* opening = given_opening(env, given[0])) opening->capture->close();
  return nullptr;
}

napi_value close_at_once(napi_env env, napi_callback_info info) {
  napi_value given[1];
  size_t count = 1;
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
  if (Opening* opening = given_opening(env, given[0])) opening->capture.reset();
  return nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  const struct {
    const char* name;
    napi_callback call;
  } functions[] = {
      {"open", open}, {"offer", offer}, {"setRate", set_rate}, {"close", close}, {"closeAtOnce", close_at_once}};
  for (const auto& [name, call] : functions) {
    napi_value function;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, call, nullptr, &function);
    napi_set_named_property(env, exports, name, function);
  }
  return exports;
}
