// What cannot be had of a virtual camera, to be preloaded: it goes wrong as the file says whose name is in the
// environment, at the next request. 'unplug': libcamera says that it is gone; 'refuse': it takes no request; 'hang': it
// takes them and does nothing.

#include <dlfcn.h>
#include <libcamera/camera.h>

#include <cstdlib>
#include <fstream>
#include <string>

int libcamera::Camera::queueRequest(Request* request) {
  using Real = int (*)(Camera*, Request*);
  static const auto real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "_ZN9libcamera6Camera12queueRequestEPNS_7RequestE"));
  std::string fault;
  std::getline(std::ifstream(std::getenv("LINTEL_CAMERA_FAULT")), fault);
  if (fault == "unplug") disconnected.emit();
  if (fault == "refuse") return -ENODEV;
  return fault == "hang" ? 0 : real(this, request);
}
