#include "ocr/worker/sandbox.h"

#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <fstream>
#include <utility>

#include "ocr/worker/sanitized.h"
#include "ocr/worker/system_call_filter.h"

namespace softbot::ocr {
namespace {

tl::unexpected<Error> not_locked(const char* what) {
  return fail(ErrorCode::internal, std::string("The process of a document cannot be locked in: ") + what);
}

std::uint64_t mapped_bytes() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

int highest_descriptor(const FontFiles& fonts) {
  int highest = STDERR_FILENO;
  for (const FontFile& font : fonts) highest = std::max(highest, font.file.number());
  return highest;
}

bool limit(__rlimit_resource resource, std::uint64_t most) {
  const rlimit both{most, most};
  return setrlimit(resource, &both) == 0;
}

}  // namespace

void close_all_but(int kept, const FontFiles& fonts) {
  std::vector<int> open{kept};
  for (const FontFile& font : fonts) open.push_back(font.file.number());
  std::sort(open.begin(), open.end());
  unsigned next = 0;
  for (const int one : open) {
    const auto number = static_cast<unsigned>(one);
    if (number > next) close_range(next, number - 1, 0);
    next = number + 1;
  }
  close_range(next, UINT_MAX, 0);
}

Result<void> lock_in(const SandboxLimits& limits, const FontFiles& fonts) {
  const std::uint64_t mapped = mapped_bytes();
  if (mapped == 0) return not_locked("its size is not known.");
  const auto descriptors = static_cast<std::uint64_t>(highest_descriptor(fonts)) + 16;
  const auto seconds = static_cast<std::uint64_t>(limits.processor.count());
  const std::array<std::pair<__rlimit_resource, std::uint64_t>, 5> most{{{RLIMIT_CORE, 0},
                                                                         {RLIMIT_FSIZE, 0},
                                                                         {RLIMIT_NPROC, 0},
                                                                         {RLIMIT_NOFILE, descriptors},
                                                                         {RLIMIT_CPU, seconds}}};
  for (const auto& [resource, value] : most) {
    if (!limit(resource, value)) return not_locked("a limit was refused (setrlimit).");
  }
  if (!is_sanitized && !limit(RLIMIT_AS, mapped + limits.memory_bytes))
    return not_locked("the limit on memory was refused (setrlimit).");
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return not_locked("no_new_privs was refused (prctl).");
  return filter_system_calls(fonts);
}

}  // namespace softbot::ocr
