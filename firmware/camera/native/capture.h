#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "open-camera.h"

/**
 * One opening of the camera. It lives in a thread of its own, which opens the camera, packs each frame into the slot
 * that was offered, and closes the camera: when it is told to, when something is wrong, and when this ends.
 *
 * Invariant: a slot is written to only between `offer` and the news that it is filled, or that the camera is closed.
 */
class Capture {
 public:
  enum class News { opened, filled, closed };
  using Clock = std::chrono::steady_clock;

  /** @param tell is called in this camera's own thread; 'closed' comes last, and once. @throws std::system_error */
  Capture(const Wanted& wanted, std::function<void(News)> tell);
  Capture(const Capture&) = delete;
  ~Capture();

  /** Gives a slot to be filled, of which there is one at a time. */
  void offer(uint8_t* slot);
  /** Asks the camera for another rate. */
  void set_rate(double frames_per_second);
  /** Asks for the end. It has come when 'closed' is told. */
  void close();

  /** When the frame had arrived that 'filled' told of. */
  Clock::time_point arrived_at() const { return arrived_at_; }
  /** Why the camera is closed that 'closed' told of; without a code when it was asked for. */
  const char* trouble_code() const { return trouble_code_; }
  const std::string& trouble() const { return trouble_; }

 private:
  struct Done {
    libcamera::Request* request;
    Clock::time_point at;
  };

  void run() noexcept;
  void fill_slots(OpenCamera& camera);
  void on_completed(libcamera::Request* request) noexcept;
  void on_disconnected() noexcept;

  const Wanted wanted_;
  const std::function<void(News)> tell_;
  Clock::time_point arrived_at_;
  const char* trouble_code_ = nullptr;
  std::string trouble_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Under the mutex, since libcamera's thread and JavaScript's change them too.
  uint8_t* slot_ = nullptr;
  std::optional<double> rate_;
  bool closing_ = false;
  bool gone_ = false;
  std::deque<Done> done_;

  std::thread thread_;
};
