#pragma once

#include <stdexcept>
#include <string>

/** Why there is no picture: a stable code, and what to do in words. */
struct CameraTrouble : std::runtime_error {
  CameraTrouble(const char* code, const std::string& message) : std::runtime_error(message), code(code) {}

  const char* code;
};
