#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "ocr/fields/recogniser.h"
#include "ocr/worker/read_document.h"
#include "ocr/worker/serve.h"
#include "ocr/worker/warm.h"

namespace {

using namespace softbot::ocr;

constexpr int control = STDIN_FILENO;
constexpr int wrong_use = 2;
constexpr int broken = 4;

bool is_socket(int descriptor) {
  int type = 0;
  socklen_t size = sizeof type;
  return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

/// Libraries take this from the environment when they are loaded, before main().
void insist_on_one_thread(char** arguments) {
  const char* limit = std::getenv("OMP_THREAD_LIMIT");
  if (limit != nullptr && std::string(limit) == "1") return;
  setenv("OMP_THREAD_LIMIT", "1", 1);
  execv("/proc/self/exe", arguments);
}

}  // namespace

/// softbot-reader MODELS: reads scans for softbot, which starts it with a socket as its standard input.
int main(int count, char** arguments) {
  if (count != 2 || !is_socket(control)) {
    std::cerr << "softbot-reader is started by softbot, with the folder of its models. To read files by "
                 "hand: softbot read FILE...\n";
    return wrong_use;
  }
  insist_on_one_thread(arguments);
  warm_libraries();
  const auto recogniser = Recogniser::load(arguments[1]);
  if (!recogniser) {
    static_cast<void>(send_control(control, "broken", recogniser.error().message));
    return broken;
  }
  ServeOptions options;
  options.version = std::string("softbot-reader " SOFTBOT_VERSION "; ") + (*recogniser)->version();
  options.fonts = open_fonts();
  return serve(control, options, [&](const std::string& bytes, DocumentTask task, DocumentChannel& channel) {
    if (task == DocumentTask::look) return look_at_document(bytes, channel);
    read_document(bytes, **recogniser, channel);
  });
}
