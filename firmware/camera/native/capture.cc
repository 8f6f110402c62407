#include "capture.h"

#include <utility>

#include "camera-trouble.h"

namespace {

/** A camera that shows nothing for so long hangs. */
constexpr std::chrono::seconds patience(5);

CameraTrouble hangs() {
  return {"CAMERA_SILENT", "the camera has shown nothing for " + std::to_string(patience.count()) + " s: see its cable"};
}

bool is_whole(const libcamera::Request& request) {
  return request.status() == libcamera::Request::RequestComplete &&
         request.buffers().begin()->second->metadata().status == libcamera::FrameMetadata::FrameSuccess;
}

}  // namespace

Capture::Capture(const Wanted& wanted, std::function<void(News)> tell)
    : wanted_(wanted), tell_(std::move(tell)), thread_(&Capture::run, this) {}

Capture::~Capture() {
  close();
  thread_.join();
}

void Capture::offer(uint8_t* slot) {
  const std::lock_guard lock(mutex_);
  slot_ = slot;
  changed_.notify_one();
}

void Capture::set_rate(double frames_per_second) {
  const std::lock_guard lock(mutex_);
  rate_ = frames_per_second;
}

void Capture::close() {
  const std::lock_guard lock(mutex_);
  closing_ = true;
  changed_.notify_one();
}

void Capture::run() noexcept {
  try {
    libcamera::CameraManager manager;
    if (manager.start() < 0) throw CameraTrouble("CAMERA_FAILED", "libcamera does not start");
    OpenCamera camera(manager, wanted_);
    camera->requestCompleted.connect(this, &Capture::on_completed);
    camera->disconnected.connect(this, &Capture::on_disconnected);
    camera.start();
    tell_(News::opened);
    fill_slots(camera);
  } catch (const CameraTrouble& trouble) {
    trouble_code_ = trouble.code;
    trouble_ = trouble.what();
  } catch (const std::exception& error) {
    trouble_code_ = "CAMERA_FAILED";
    trouble_ = error.what();
  }
  tell_(News::closed);
}

// A frame waits in its buffer until there is a slot, so what keeps JavaScript busy for a moment loses none.
void Capture::fill_slots(OpenCamera& camera) {
  auto limit = Clock::now() + patience;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait_until(lock, limit, [this] { return closing_ || gone_ || (slot_ && !done_.empty()); });
    if (closing_) return;
    if (gone_) throw CameraTrouble("CAMERA_GONE", "the camera was taken away");
    if (done_.empty()) throw hangs();
    if (!slot_) {
      // It is not the camera that is waited for.
      limit = Clock::now() + patience;
      continue;
    }
    const auto [request, at] = done_.front();
    done_.pop_front();
    const bool whole = is_whole(*request);
    uint8_t* slot = whole ? std::exchange(slot_, nullptr) : nullptr;
    const auto rate = std::exchange(rate_, std::nullopt);
    lock.unlock();
    camera.frame(*request).take(slot);
    camera.refill(*request, rate);
    if (whole) {
      arrived_at_ = at;
      limit = Clock::now() + patience;
      tell_(News::filled);
    } else if (Clock::now() > limit) {
      throw hangs();
    }
    lock.lock();
  }
}

void Capture::on_completed(libcamera::Request* request) noexcept {
  const std::lock_guard lock(mutex_);
  done_.push_back({request, Clock::now()});
  changed_.notify_one();
}

void Capture::on_disconnected() noexcept {
  const std::lock_guard lock(mutex_);
  gone_ = true;
  changed_.notify_one();
}
