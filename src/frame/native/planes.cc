// The work on every byte of a plane that a compiler does many bytes at a time, and JavaScript one. What it means is said
// in ../native-planes.ts. Memory is only touched inside the arrays that are handed over: what does not fit throws.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <node_api.h>

namespace {

struct Bytes {
  uint8_t* data = nullptr;
  size_t length = 0;
};

/** Not an array of bytes: one of no length, into which nothing fits. */
Bytes bytes(napi_env env, napi_value value) {
  napi_typedarray_type type;
  size_t length;
  void* data;
  if (napi_get_typedarray_info(env, value, &type, &length, &data, nullptr, nullptr) != napi_ok) return {};
  if (type != napi_uint8_array) return {};
  return {static_cast<uint8_t*>(data), length};
}

/** A whole number of 32 bits, so that sums and products of two cannot overflow; 0 for what is none. */
uint64_t number(napi_env env, napi_value value) {
  uint32_t number = 0;
  napi_get_value_uint32(env, value, &number);
  return number;
}

/** Means of 2 by 2 bytes: two bytes at once in a number of 16 bits, and such numbers as many as a register holds. */
void halve(const uint8_t* above, const uint8_t* below, size_t width, uint8_t* __restrict into) {
  for (size_t x = 0; x < width; x++) {
    uint16_t upper, lower;
    memcpy(&upper, above + 2 * x, 2);
    memcpy(&lower, below + 2 * x, 2);
    const uint16_t sum = (upper & 0xff) + (upper >> 8) + (lower & 0xff) + (lower >> 8);
    into[x] = static_cast<uint16_t>(sum + 2) >> 2;
  }
}

/** The longest row of a frame, and the most rows whose sum a number of 16 bits can hold. */
constexpr size_t LONGEST_ROW = 4096;
constexpr size_t MOST_ROWS = 257;

void average(const uint8_t* from, size_t stride, size_t side, size_t width, uint8_t* into) {
  uint16_t sums[LONGEST_ROW] = {};
  for (size_t row = 0; row < side; row++) {
    for (size_t x = 0; x < width * side; x++) sums[x] += from[row * stride + x];
  }
  const uint32_t share = (65536 + side * side / 2) / (side * side);
  for (size_t x = 0; x < width; x++) {
    uint32_t sum = 0;
    for (size_t column = 0; column < side; column++) sum += sums[x * side + column];
    // The share is rounded: up, it would make more than white of white.
    into[x] = std::min<uint32_t>(255, (sum * share + 0x8000) >> 16);
  }
}

napi_value shrink(napi_env env, napi_callback_info info) {
  napi_value given[8];
  size_t count = 8;
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
  const Bytes plane = bytes(env, given[0]);
  const uint64_t stride = number(env, given[1]);
  const uint64_t side = number(env, given[2]);
  const uint64_t width = number(env, given[3]);
  const uint64_t height = number(env, given[4]);
  const Bytes into = bytes(env, given[5]);
  const uint64_t at = number(env, given[6]);
  const uint64_t into_stride = number(env, given[7]);

  const bool fits = side > 0 && side <= MOST_ROWS && width > 0 && height > 0 && height <= LONGEST_ROW &&
                    width * side <= LONGEST_ROW && (height * side - 1) * stride + width * side <= plane.length &&
                    at + (height - 1) * into_stride + width <= into.length;
  if (!fits) {
    napi_throw_range_error(env, nullptr, "the plane does not fit the memory that was given for it");
    return nullptr;
  }
  for (uint64_t y = 0; y < height; y++) {
    const uint8_t* from = plane.data + y * side * stride;
    uint8_t* to = into.data + at + y * into_stride;
    if (side == 1) memcpy(to, from, width);
    else if (side == 2) halve(from, from + stride, width, to);
    else average(from, stride, side, width, to);
  }
  return nullptr;
}

napi_value wipe(napi_env env, napi_callback_info info) {
  napi_value given;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &given, nullptr, nullptr);
  const Bytes all = bytes(env, given);
  if (all.data == nullptr) {
    napi_throw_type_error(env, nullptr, "only an array of bytes can be wiped");
    return nullptr;
  }
  memset(all.data, 0, all.length);
  return nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "shrink", NAPI_AUTO_LENGTH, shrink, nullptr, &function);
  napi_set_named_property(env, exports, "shrink", function);
  napi_create_function(env, "wipe", NAPI_AUTO_LENGTH, wipe, nullptr, &function);
  napi_set_named_property(env, exports, "wipe", function);
  return exports;
}
